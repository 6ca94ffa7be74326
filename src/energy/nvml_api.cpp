#include "nvml_api.h"

#include <fmt/format.h>

#include <array>
#include <utility>

namespace turngreen::energy::nvml {
namespace {

constexpr std::size_t kTextSize =
    96;  // NVML_DEVICE_UUID_V2_BUFFER_SIZE, NVML_DEVICE_NAME_V2_BUFFER_SIZE

template <typename... Parameters, typename... Arguments>
int call(int (*function)(Parameters...), Arguments... arguments) noexcept {
  return function == nullptr ? int{kFunctionNotFound} : function(arguments...);
}

int text(int (*function)(Device, char*, unsigned), Device device, std::string& out) {
  std::array<char, kTextSize> buffer{};
  const int status =
      call(function, device, buffer.data(), static_cast<unsigned>(buffer.size() - 1));
  if (status == kSuccess) out = buffer.data();
  return status;
}

}  // namespace

Api::Api(SharedLibrary library)
    : library_(std::move(library)),
      shutdown_(library_.find<int()>("nvmlShutdown")),
      device_count_(library_.find<int(unsigned*)>("nvmlDeviceGetCount_v2")),
      device_at_(library_.find<int(unsigned, Device*)>("nvmlDeviceGetHandleByIndex_v2")),
      device_by_uuid_(library_.find<int(const char*, Device*)>("nvmlDeviceGetHandleByUUID")),
      uuid_(library_.find<int(Device, char*, unsigned)>("nvmlDeviceGetUUID")),
      name_(library_.find<int(Device, char*, unsigned)>("nvmlDeviceGetName")),
      architecture_(library_.find<int(Device, unsigned*)>("nvmlDeviceGetArchitecture")),
      mig_mode_(library_.find<int(Device, unsigned*, unsigned*)>("nvmlDeviceGetMigMode")),
      parent_of_mig_(
          library_.find<int(Device, Device*)>("nvmlDeviceGetDeviceHandleFromMigDeviceHandle")),
      power_limits_(library_.find<int(Device, unsigned*, unsigned*)>(
          "nvmlDeviceGetPowerManagementLimitConstraints")),
      total_energy_(
          library_.find<int(Device, unsigned long long*)>("nvmlDeviceGetTotalEnergyConsumption")),
      power_usage_(library_.find<int(Device, unsigned*)>("nvmlDeviceGetPowerUsage")),
      field_values_(library_.find<int(Device, int, FieldValue*)>("nvmlDeviceGetFieldValues")),
      process_utilization_(
          library_.find<int(Device, ProcessSample*, unsigned*, unsigned long long)>(
              "nvmlDeviceGetProcessUtilization")),
      error_string_(library_.find<const char*(int)>("nvmlErrorString")) {}

Result<std::unique_ptr<Api>> Api::open(const std::string& library) {
  auto loaded = SharedLibrary::open(library);
  if (!loaded) return tl::unexpected(loaded.error());
  auto* const init = loaded->find<int()>("nvmlInit_v2");
  if (init == nullptr) {
    return fail(
        Error::Kind::unsupported,
        fmt::format("{} has no nvmlInit_v2: it is not NVIDIA's management library", library));
  }
  const int status = init();
  if (status != kSuccess) {
    auto* const describe = loaded->find<const char*(int)>("nvmlErrorString");
    const auto kind = status == kNoPermission      ? Error::Kind::no_permission
                      : status == kDriverNotLoaded ? Error::Kind::not_found
                                                   : Error::Kind::io;
    return fail(kind, fmt::format("nvmlInit of {} failed with {} ({}){}", library, status,
                                  describe == nullptr ? "no description" : describe(status),
                                  status == kVersionMismatch
                                      ? "; the driver was updated: reload it or reboot"
                                      : ""));
  }
  return std::unique_ptr<Api>(new Api(std::move(*loaded)));
}

Api::~Api() {
  if (shutdown_ != nullptr) shutdown_();
}

int Api::device_count(unsigned& count) const noexcept { return call(device_count_, &count); }

int Api::device_at(unsigned index, Device& device) const noexcept {
  return call(device_at_, index, &device);
}

int Api::device_by_uuid(const std::string& uuid, Device& device) const noexcept {
  return call(device_by_uuid_, uuid.c_str(), &device);
}

int Api::uuid(Device device, std::string& out) const { return text(uuid_, device, out); }

int Api::name(Device device, std::string& out) const { return text(name_, device, out); }

int Api::architecture(Device device, unsigned& out) const noexcept {
  return call(architecture_, device, &out);
}

int Api::mig_enabled(Device device, bool& out) const noexcept {
  unsigned current = 0;
  unsigned pending = 0;
  const int status = call(mig_mode_, device, &current, &pending);
  out = status == kSuccess && current == 1;
  return status;
}

int Api::parent_of_mig(Device slice, Device& parent) const noexcept {
  return call(parent_of_mig_, slice, &parent);
}

int Api::power_limits(Device device, unsigned& min_mw, unsigned& max_mw) const noexcept {
  return call(power_limits_, device, &min_mw, &max_mw);
}

int Api::total_energy(Device device, unsigned long long& millijoules) const noexcept {
  return call(total_energy_, device, &millijoules);
}

int Api::power_usage(Device device, unsigned& milliwatts) const noexcept {
  return call(power_usage_, device, &milliwatts);
}

int Api::power_field(Device device, std::uint32_t field, std::uint32_t scope,
                     std::uint64_t& milliwatts) const noexcept {
  FieldValue answer;
  answer.field = field;
  answer.scope = scope;
  const int status = call(field_values_, device, 1, &answer);
  if (status != kSuccess) return status;
  if (answer.status != kSuccess) return answer.status;
  switch (answer.type) {  // nvmlValueType_t: the type differs between drivers
    case 1:
      milliwatts = answer.value.as_unsigned;
      return kSuccess;
    case 2:
    case 3:
      milliwatts = answer.value.as_unsigned_long;
      return kSuccess;
    case 4:
      if (answer.value.as_signed_long < 0) return kNotSupported;
      milliwatts = static_cast<std::uint64_t>(answer.value.as_signed_long);
      return kSuccess;
    case 5:
      if (answer.value.as_signed < 0) return kNotSupported;
      milliwatts = static_cast<std::uint64_t>(answer.value.as_signed);
      return kSuccess;
    default:
      return kNotSupported;
  }
}

int Api::process_utilization(Device device, ProcessSample* samples, unsigned& count,
                             unsigned long long newer_than_us) const noexcept {
  return call(process_utilization_, device, samples, &count, newer_than_us);
}

std::string Api::describe(int status) const {
  const char* const words = error_string_ == nullptr ? nullptr : error_string_(status);
  return fmt::format("{} ({})", words == nullptr ? "NVML error" : words, status);
}

}  // namespace turngreen::energy::nvml
