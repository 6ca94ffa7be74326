#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "turngreen/energy/domain.h"
#include "turngreen/energy/opened.h"
#include "turngreen/units/result.h"

namespace turngreen::energy {

/// The kernel's `power` PMU as it describes itself under event_source.
struct PowerPmu {
  struct Event {
    std::string name;  ///< "energy-pkg"
    DomainKind kind = DomainKind::package;
    std::uint64_t config = 0;
    RawUnit unit;
  };
  std::uint32_t type = 0;
  std::vector<int> cpus;  ///< one to open each event on per socket (or die)
  std::vector<Event> events;
  std::vector<LeftOut> left_out;
};

/// not_found where this machine has no such PMU; invalid_input where it cannot be understood.
Result<PowerPmu> describe_power_pmu(const std::filesystem::path& directory);

/// "0,18" or "0-3,7": at most 1,024 CPUs.
std::optional<std::vector<int>> parse_cpu_list(std::string_view text);
/// Joules per count, as a decimal number, into microjoules per count without rounding, in lowest
/// terms: "2.3283064365386962890625e-10" (2^-32 J) is 15625 / 67108864.
std::optional<RawUnit> parse_scale(std::string_view joules);

}  // namespace turngreen::energy
