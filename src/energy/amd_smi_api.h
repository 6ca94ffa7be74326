#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "shared_library.h"
#include "turngreen/units/result.h"

/// The part of AMD SMI that we call, declared from amd_smi/amdsmi.h (ROCm 6.1 to 7.0): no AMD
/// header is needed to build.
namespace turngreen::energy::amdsmi {

using Processor = void*;

/// amdsmi_status_t, the values that we tell apart.
enum Status : int {
  kSuccess = 0,
  kNotSupported = 2,
  kNoPermission = 10,
  kDriverNotLoaded = 34,
};

struct EnergyCount {
  std::uint64_t accumulator = 0;
  float resolution_uj = 0;  // microjoules per count
};

/// The loaded and initialised library, shut down with this object. Not thread-safe.
class Api {
 public:
  static Result<std::unique_ptr<Api>> open(const std::string& library);
  Api(const Api&) = delete;
  Api& operator=(const Api&) = delete;
  ~Api();

  /// The GPUs of all sockets, in the library's order.
  int processors(std::vector<Processor>& out) const;
  /// Empty where the library tells none.
  std::string uuid(Processor processor) const;
  int energy(Processor processor, EnergyCount& out) const noexcept;
  /// Absent in `watts` where the GPU answers without a number, as the second die of an MI250 does.
  int power(Processor processor, std::optional<std::uint64_t>& watts) const noexcept;

 private:
  explicit Api(SharedLibrary library);

  SharedLibrary library_;
  int (*shut_down_)();
  int (*sockets_)(std::uint32_t*, void**);
  int (*processors_)(void*, std::uint32_t*, void**);
  int (*uuid_)(void*, unsigned*, char*);
  int (*energy_)(void*, std::uint64_t*, float*, std::uint64_t*);
  int (*power_)(void*, void*);
};

}  // namespace turngreen::energy::amdsmi
