#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "turngreen/energy/sensor.h"
#include "turngreen/units/duration.h"

namespace turngreen::energy {

/// Where the counters that are compared began to count.
enum class CountingFrom {
  shared_origin,  ///< the hardware's own zero: mirrors show the same value
  own_origin,     ///< the moment at which each was opened: mirrors keep a constant difference
};

/// What some counters showed in passes over all of them, in their order.
using CounterPasses = std::vector<std::vector<Reading>>;

/// For each counter the first earlier one of the same group that it mirrors: in the passes that saw
/// the earlier one unchanged before and after, both differ by the same amount while they move (from
/// a shared origin: by nothing, even while they stand still, unless at zero, where counters may not
/// count at all).
std::vector<std::optional<std::size_t>> find_mirrors(const CounterPasses& passes,
                                                     std::span<const unsigned> groups,
                                                     CountingFrom origin);

/// Reads `count` counters at full speed for some updates of theirs, at most `budget`.
CounterPasses watch_counters(std::size_t count, const std::function<void(std::span<Reading>)>& read,
                             units::Duration budget = units::milliseconds(5));

}  // namespace turngreen::energy
