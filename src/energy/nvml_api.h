#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "shared_library.h"
#include "turngreen/units/result.h"

/// The part of NVIDIA's management library that we call, declared from the NVML API Reference Guide
/// (docs.nvidia.com/deploy/nvml-api, nvml.h of driver 580): no NVIDIA header is needed to build.
namespace turngreen::energy::nvml {

using Device = struct OpaqueDevice*;

/// nvmlReturn_t, the values that we tell apart.
enum Status : int {
  kSuccess = 0,
  kNotSupported = 3,
  kNoPermission = 4,
  kNotFound = 6,
  kInsufficientSize = 7,
  kDriverNotLoaded = 9,
  kFunctionNotFound = 13,
  kGpuIsLost = 15,
  kVersionMismatch = 18,
};

inline constexpr std::uint32_t kFieldPowerInstant = 186;  // NVML_FI_DEV_POWER_INSTANT, in mW
inline constexpr std::uint32_t kScopeGpu = 0;             // NVML_POWER_SCOPE_GPU
inline constexpr std::uint32_t kScopeModule = 1;          // NVML_POWER_SCOPE_MODULE
inline constexpr unsigned kArchitectureAmpere = 7;        // NVML_DEVICE_ARCH_AMPERE

/// nvmlFieldValue_t
struct FieldValue {
  std::uint32_t field = 0;
  std::uint32_t scope = 0;
  std::int64_t timestamp = 0;
  std::int64_t latency = 0;
  std::uint32_t type = 0;  // nvmlValueType_t
  int status = 0;
  union {
    double as_double;
    std::uint32_t as_unsigned;
    std::uint64_t as_unsigned_long;
    std::int64_t as_signed_long;
    std::int32_t as_signed;
    std::uint16_t as_unsigned_short;
  } value = {0};
};
static_assert(sizeof(FieldValue) == 40);

/// nvmlProcessUtilizationSample_t
struct ProcessSample {
  unsigned pid = 0;
  unsigned long long microseconds = 0;  // since the epoch
  unsigned sm_percent = 0;
  unsigned memory_percent = 0;
  unsigned encoder_percent = 0;
  unsigned decoder_percent = 0;
};
static_assert(sizeof(ProcessSample) == 32);

/// The loaded and initialised library, shut down with this object. Not thread-safe.
class Api {
 public:
  static Result<std::unique_ptr<Api>> open(const std::string& library);
  Api(const Api&) = delete;
  Api& operator=(const Api&) = delete;
  ~Api();

  // Each returns an nvmlReturn_t; kFunctionNotFound where the driver is too old to have the
  // function.
  int device_count(unsigned& count) const noexcept;
  int device_at(unsigned index, Device& device) const noexcept;
  int device_by_uuid(const std::string& uuid, Device& device) const noexcept;
  int uuid(Device device, std::string& out) const;
  int name(Device device, std::string& out) const;
  int architecture(Device device, unsigned& out) const noexcept;
  int mig_enabled(Device device, bool& out) const noexcept;
  int parent_of_mig(Device slice, Device& parent) const noexcept;
  int power_limits(Device device, unsigned& min_mw, unsigned& max_mw) const noexcept;
  int total_energy(Device device, unsigned long long& millijoules) const noexcept;
  int power_usage(Device device, unsigned& milliwatts) const noexcept;
  int power_field(Device device, std::uint32_t field, std::uint32_t scope,
                  std::uint64_t& milliwatts) const noexcept;
  /// `count` is the room in `samples`, and afterwards how many were written.
  int process_utilization(Device device, ProcessSample* samples, unsigned& count,
                          unsigned long long newer_than_us) const noexcept;

  std::string describe(int status) const;

 private:
  explicit Api(SharedLibrary library);

  SharedLibrary library_;
  int (*shutdown_)();
  int (*device_count_)(unsigned*);
  int (*device_at_)(unsigned, Device*);
  int (*device_by_uuid_)(const char*, Device*);
  int (*uuid_)(Device, char*, unsigned);
  int (*name_)(Device, char*, unsigned);
  int (*architecture_)(Device, unsigned*);
  int (*mig_mode_)(Device, unsigned*, unsigned*);
  int (*parent_of_mig_)(Device, Device*);
  int (*power_limits_)(Device, unsigned*, unsigned*);
  int (*total_energy_)(Device, unsigned long long*);
  int (*power_usage_)(Device, unsigned*);
  int (*field_values_)(Device, int, FieldValue*);
  int (*process_utilization_)(Device, ProcessSample*, unsigned*, unsigned long long);
  const char* (*error_string_)(int);
};

}  // namespace turngreen::energy::nvml
