#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "turngreen/energy/sensor.h"
#include "turngreen/units/energy.h"
#include "turngreen/units/power.h"

namespace turngreen::energy {

/// What polling one domain at full speed for a while has shown.
struct ObservedStep {
  std::uint64_t reads = 0;
  std::uint64_t changes = 0;  ///< how often the value changed
  std::optional<units::Duration>
      period;  ///< median time between changes; absent with fewer than three
  std::optional<units::Energy> smallest;   ///< smallest change of a counter
  std::optional<units::Power> mean_power;  ///< over the probe
  units::Duration read_time;               ///< median cost of one read of the whole sensor
};

/// Polls for at most `budget` (CPU-bound: costs energy itself). One entry per domain of the sensor.
std::vector<ObservedStep> observe_steps(Sensor& sensor,
                                        units::Duration budget = units::milliseconds(250));

}  // namespace turngreen::energy
