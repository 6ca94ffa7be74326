#pragma once

#include <cstdint>

#include "turngreen/units/duration.h"

namespace turngreen::bench {

struct BareWakes {
  std::uint64_t count = 0;
  units::Duration processor_time;
  units::Duration longest_gap;
};

/// What any thread costs that wakes so often and does nothing: the floor below every sampler on
/// this machine.
BareWakes wake_for(units::Duration period, units::Duration time);

}  // namespace turngreen::bench
