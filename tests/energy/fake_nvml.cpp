#include "energy/fake_nvml_state.h"

#include <algorithm>
#include <cstring>
#include <span>

#include "energy/nvml_api.h"

// The fake driver behind FakeNvml: what NVML's own functions would answer for the GPUs that a test
// describes.

namespace {

using turngreen::energy::FakeNvidiaDriver;
using turngreen::energy::FakeNvidiaGpu;
using turngreen::energy::nvml::FieldValue;
using turngreen::energy::nvml::ProcessSample;

FakeNvidiaDriver& driver() {
  static FakeNvidiaDriver state;
  return state;
}

FakeNvidiaGpu& gpu_of(void* device) { return *static_cast<FakeNvidiaGpu*>(device); }

int copy_text(const std::string& text, char* out, unsigned size) {
  if (text.size() + 1 > size) return 7;
  std::memcpy(out, text.c_str(), text.size() + 1);
  return 0;
}

}  // namespace

#pragma GCC visibility push(default)
extern "C" {

FakeNvidiaDriver* fake_nvml_driver() { return &driver(); }

int nvmlInit_v2() {
  if (driver().init_status == 0) ++driver().inits;
  return driver().init_status;
}
int nvmlShutdown() {
  ++driver().shutdowns;
  return 0;
}
const char* nvmlErrorString(int) { return "fake words"; }

int nvmlDeviceGetCount_v2(unsigned* count) {
  *count = static_cast<unsigned>(driver().gpus.size());
  return 0;
}
int nvmlDeviceGetHandleByIndex_v2(unsigned index, void** device) {
  *device = &driver().gpus.at(index);
  return driver().gpus[index].handle_status;
}
int nvmlDeviceGetHandleByUUID(const char* uuid, void** device) {
  for (auto& gpu : driver().gpus) {
    if (gpu.uuid == uuid) {
      *device = &gpu;
      return 0;
    }
  }
  const auto slice = driver().mig_parents.find(uuid);
  if (slice == driver().mig_parents.end()) return 6;
  *device = &driver().gpus.at(slice->second);
  return 0;
}
int nvmlDeviceGetDeviceHandleFromMigDeviceHandle(void* slice, void** parent) {
  *parent = slice;
  return 0;
}
int nvmlDeviceGetUUID(void* device, char* out, unsigned size) {
  return copy_text(gpu_of(device).uuid, out, size);
}
int nvmlDeviceGetName(void* device, char* out, unsigned size) {
  return copy_text(gpu_of(device).name, out, size);
}
int nvmlDeviceGetArchitecture(void* device, unsigned* out) {
  *out = gpu_of(device).architecture;
  return 0;
}
int nvmlDeviceGetMigMode(void* device, unsigned* current, unsigned* pending) {
  *current = *pending = gpu_of(device).mig ? 1 : 0;
  return 0;
}
int nvmlDeviceGetPowerManagementLimitConstraints(void* device, unsigned* min, unsigned* max) {
  *min = 100'000;
  *max = gpu_of(device).max_limit_milliwatts;
  return *max == 0 ? 3 : 0;
}
int nvmlDeviceGetTotalEnergyConsumption(void* device, unsigned long long* out) {
  *out = gpu_of(device).millijoules;
  return gpu_of(device).energy_status;
}
int nvmlDeviceGetPowerUsage(void* device, unsigned* out) {
  *out = gpu_of(device).usage_milliwatts;
  return gpu_of(device).usage_status;
}
int nvmlDeviceGetFieldValues(void* device, int count, FieldValue* values) {
  for (auto& value : std::span(values, static_cast<std::size_t>(count))) {
    const FakeNvidiaGpu& gpu = gpu_of(device);
    value.status = value.field != 186 ? 3
                   : value.scope == 0 ? gpu.instant_status
                                      : gpu.instant_module_status;
    value.type = 1;
    value.value.as_unsigned = gpu.instant_milliwatts;
  }
  return 0;
}
int nvmlDeviceGetProcessUtilization(void* device, ProcessSample* out, unsigned* count,
                                    unsigned long long newer_than) {
  FakeNvidiaGpu& gpu = gpu_of(device);
  gpu.last_seen = newer_than;
  if (gpu.samples_status != 0) return gpu.samples_status;
  unsigned written = 0;
  for (const auto& sample : gpu.samples) {
    if (sample.microseconds <= newer_than) continue;
    if (written == *count) return 7;
    out[written++] = {sample.pid, sample.microseconds, sample.sm_percent, 0, 0, 0};
  }
  *count = written;
  return written == 0 ? 6 : 0;
}

}  // extern "C"
#pragma GCC visibility pop
