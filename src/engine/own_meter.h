#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "turngreen/units/bounded.h"
#include "turngreen/units/energy.h"

namespace turngreen::engine {

/// What this machine has spent while a command ran, of all its counted domains, whoever used them.
struct EnergySpent {
  units::Bounded<units::Energy> energy;
  units::Energy estimated;  ///< the part of its value that no sensor measured
};

/// "1.234 kJ (1.1 .. 1.4)", with "estimated" or the estimated share where that is not nothing.
std::string to_text(const EnergySpent& spent);

/// Meters the machine from its making on, where nobody else does: a run under `turngreen measure`
/// or `turngreen tune` is metered by its parent, which knows more.
class OwnMeter {
 public:
  OwnMeter();
  ~OwnMeter();
  OwnMeter(const OwnMeter&) = delete;
  OwnMeter& operator=(const OwnMeter&) = delete;

  /// Up to about half a second ago. Absent: the parent meters, or there is nothing to meter with.
  std::optional<EnergySpent> so_far() const;
  /// Up to now; the end of metering, to be called once. Absent likewise.
  std::optional<EnergySpent> finish();

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;  ///< null: not metered here
};

}  // namespace turngreen::engine
