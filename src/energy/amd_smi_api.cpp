#include "amd_smi_api.h"

#include <fmt/format.h>

#include <array>
#include <utility>

namespace turngreen::energy::amdsmi {
namespace {

constexpr std::uint64_t kInitAmdGpus = 2;  // AMDSMI_INIT_AMD_GPUS
constexpr int kFunctionMissing = kNotSupported;

/// amdsmi_power_info_t as the library writes it. Its beginning differs between releases:
///   ROCm 6.1 to 6.3:      u32 current_socket_power, u32 average_socket_power, ...
///   ROCm 6.4 and later:   u64 socket_power, u32 current_socket_power, ...
/// and a number that a GPU does not have is 0xFFFF or 0xFFFFFFFF. In either form the first of the
/// two leading words that holds a number is the socket's power in watts.
struct PowerInfo {
  alignas(8) std::array<std::uint32_t, 256> words{};
};

bool is_number(std::uint32_t word) { return word != 0 && word != 0xFFFF && word != 0xFFFFFFFF; }

}  // namespace

Api::Api(SharedLibrary library)
    : library_(std::move(library)),
      shut_down_(library_.find<int()>("amdsmi_shut_down")),
      sockets_(library_.find<int(std::uint32_t*, void**)>("amdsmi_get_socket_handles")),
      processors_(
          library_.find<int(void*, std::uint32_t*, void**)>("amdsmi_get_processor_handles")),
      uuid_(library_.find<int(void*, unsigned*, char*)>("amdsmi_get_gpu_device_uuid")),
      energy_(library_.find<int(void*, std::uint64_t*, float*, std::uint64_t*)>(
          "amdsmi_get_energy_count")),
      power_(library_.find<int(void*, void*)>("amdsmi_get_power_info")) {}

Result<std::unique_ptr<Api>> Api::open(const std::string& library) {
  auto loaded = SharedLibrary::open(library);
  if (!loaded) return tl::unexpected(loaded.error());
  auto* const init = loaded->find<int(std::uint64_t)>("amdsmi_init");
  if (init == nullptr) {
    return fail(Error::Kind::unsupported,
                fmt::format("{} has no amdsmi_init: it is not AMD SMI", library));
  }
  const int status = init(kInitAmdGpus);
  if (status != kSuccess) {
    const auto kind = status == kNoPermission      ? Error::Kind::no_permission
                      : status == kDriverNotLoaded ? Error::Kind::not_found
                                                   : Error::Kind::io;
    return fail(
        kind, fmt::format("amdsmi_init of {} failed with status {}{}", library, status,
                          status == kDriverNotLoaded ? " (the amdgpu driver is not loaded)" : ""));
  }
  return std::unique_ptr<Api>(new Api(std::move(*loaded)));
}

Api::~Api() {
  if (shut_down_ != nullptr) shut_down_();
}

int Api::processors(std::vector<Processor>& out) const {
  if (sockets_ == nullptr || processors_ == nullptr) return kFunctionMissing;
  std::uint32_t socket_count = 0;
  if (const int status = sockets_(&socket_count, nullptr); status != kSuccess) return status;
  std::vector<void*> sockets(socket_count);
  if (const int status = sockets_(&socket_count, sockets.data()); status != kSuccess) return status;
  sockets.resize(socket_count);
  for (void* const socket : sockets) {
    std::uint32_t count = 0;
    if (const int status = processors_(socket, &count, nullptr); status != kSuccess) return status;
    std::vector<void*> processors(count);
    if (const int status = processors_(socket, &count, processors.data()); status != kSuccess) {
      return status;
    }
    processors.resize(count);
    out.insert(out.end(), processors.begin(), processors.end());
  }
  return kSuccess;
}

std::string Api::uuid(Processor processor) const {
  std::array<char, 64> buffer{};
  auto size = static_cast<unsigned>(buffer.size() - 1);
  if (uuid_ == nullptr || uuid_(processor, &size, buffer.data()) != kSuccess) return {};
  return buffer.data();
}

int Api::energy(Processor processor, EnergyCount& out) const noexcept {
  if (energy_ == nullptr) return kFunctionMissing;
  std::uint64_t timestamp = 0;
  return energy_(processor, &out.accumulator, &out.resolution_uj, &timestamp);
}

int Api::power(Processor processor, std::optional<std::uint64_t>& watts) const noexcept {
  watts.reset();
  if (power_ == nullptr) return kFunctionMissing;
  PowerInfo info;
  if (const int status = power_(processor, &info); status != kSuccess) return status;
  for (const auto word : {info.words[0], info.words[1]}) {
    if (is_number(word)) {
      watts = word;
      break;
    }
  }
  return kSuccess;
}

}  // namespace turngreen::energy::amdsmi
