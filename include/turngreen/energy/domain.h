#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "turngreen/units/duration.h"
#include "turngreen/units/power.h"

namespace turngreen::energy {

/// What a domain's joules are spent by.
enum class DomainKind {
  package,   ///< a CPU socket or die: cores, caches, memory controller; not DRAM
  cores,     ///< the cores of a package (part of it)
  uncore,    ///< the rest of a client package, often its graphics (part of it)
  dram,      ///< memory modules of one socket; not part of the package
  platform,  ///< psys: the platform as its vendor tuned it; overlaps package and dram
  gpu,       ///< a GPU board with its memory
  module,    ///< a GPU module that also holds CPU and memory (GH200)
  board,     ///< another board-level sensor (hwmon)
  battery,   ///< discharge of the battery: the whole machine while unplugged
};

/// Which interface a domain's numbers come from.
enum class Source {
  rapl_powercap,
  rapl_perf,
  nvml_counter,  ///< nvmlDeviceGetTotalEnergyConsumption
  nvml_power,    ///< power readings, integrated by the meter
  amd_smi,
  hwmon,
  battery,
  estimator,  ///< a model of the machine, not a sensor
};

/// What one reading of a domain is.
enum class Quantity {
  energy,  ///< a counter: joules since some moment in the past
  power,   ///< watts now; the meter integrates them
};

/// How a raw reading turns into microjoules (Quantity::energy) or microwatts (Quantity::power):
/// raw x numerator / denominator. A fraction, so that cumulative sums stay exact.
struct RawUnit {
  std::uint64_t numerator = 1;
  std::uint64_t denominator = 1;
  friend constexpr bool operator==(const RawUnit&, const RawUnit&) = default;
};

/// One thing that a sensor can tell the energy of. A value: fixed once its sensor is open.
struct Domain {
  std::string name;  ///< unique on the machine: "package-0", "dram-0", "gpu-0", "gpu-0-power"
  DomainKind kind = DomainKind::package;
  Source source = Source::rapl_powercap;
  std::string origin;  ///< what is read: a path, a GPU's UUID, a PMU event
  Quantity quantity = Quantity::energy;
  RawUnit unit;
  /// Raw readings run from 0 to this value and then start again at 0; absent: they never wrap.
  std::optional<std::uint64_t> wraps_at;
  /// The longest time between two updates of the value behind the reading: a reading may be this
  /// old. For power averaged by the device, the length of its averaging window.
  units::Duration step = units::milliseconds(1);
  /// More than the domain can draw for any `step`. Used to tell a wrap from a reset and to bound
  /// what a late counter has not shown yet; a generous ceiling where the hardware names none.
  units::Power max_power = units::watts(2000);
  /// False where a resting domain may honestly count nothing (uncore, a GPU that is switched off):
  /// then an unchanging counter is no fault.
  bool always_draws = true;
  /// The domain whose joules include this one's ("package-0" for its cores).
  std::optional<std::string> contained_in;
  /// Why the machine's total leaves this domain out, since its joules are counted elsewhere; empty:
  /// it is counted.
  std::string not_counted_because;

  bool estimated() const { return source == Source::estimator; }
  bool counted() const { return not_counted_because.empty(); }

  friend bool operator==(const Domain&, const Domain&) = default;
};

/// The words used in files and on the terminal: "package", "rapl_powercap", ...
std::string_view to_string(DomainKind kind);
std::string_view to_string(Source source);
std::optional<DomainKind> parse_domain_kind(std::string_view word);
std::optional<Source> parse_source(std::string_view word);

}  // namespace turngreen::energy
