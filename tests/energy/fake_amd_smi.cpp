#include "energy/fake_amd_smi_state.h"

#include <cstring>

// The fake library behind FakeAmdSmi: what AMD SMI's own functions would answer for the GPUs that a
// test describes.

namespace {

using turngreen::energy::FakeAmdGpu;
using turngreen::energy::FakeAmdLibrary;

FakeAmdLibrary& library() {
  static FakeAmdLibrary state;
  return state;
}

FakeAmdGpu& gpu_of(void* handle) { return *static_cast<FakeAmdGpu*>(handle); }

}  // namespace

#pragma GCC visibility push(default)
extern "C" {

FakeAmdLibrary* fake_amd_smi_library() { return &library(); }

int amdsmi_init(std::uint64_t) {
  if (library().init_status == 0) ++library().inits;
  return library().init_status;
}
int amdsmi_shut_down() {
  ++library().shutdowns;
  return 0;
}
int amdsmi_get_socket_handles(std::uint32_t* count, void** sockets) {
  *count = static_cast<std::uint32_t>(library().gpus.size());
  if (sockets == nullptr) return 0;
  for (std::size_t i = 0; i < library().gpus.size(); ++i) sockets[i] = &library().gpus[i];
  return 0;
}
int amdsmi_get_processor_handles(void* socket, std::uint32_t* count, void** processors) {
  *count = 1;
  if (processors != nullptr) processors[0] = socket;
  return 0;
}
int amdsmi_get_gpu_device_uuid(void* processor, unsigned* size, char* out) {
  const std::string& uuid = gpu_of(processor).uuid;
  if (uuid.size() + 1 > *size) return 1;
  std::memcpy(out, uuid.c_str(), uuid.size() + 1);
  return 0;
}
int amdsmi_get_energy_count(void* processor, std::uint64_t* accumulator, float* resolution,
                            std::uint64_t* timestamp) {
  const FakeAmdGpu& gpu = gpu_of(processor);
  *accumulator = gpu.accumulator;
  *resolution = gpu.resolution_uj;
  *timestamp = 1;
  return gpu.energy_status;
}
int amdsmi_get_power_info(void* processor, void* info) {
  constexpr std::size_t kSizeInRocm7 = 192;
  const FakeAmdGpu& gpu = gpu_of(processor);
  std::memset(info, 0, kSizeInRocm7);
  std::memcpy(info, gpu.power_words.data(), sizeof gpu.power_words);
  return gpu.power_status;
}

}  // extern "C"
#pragma GCC visibility pop
