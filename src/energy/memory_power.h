#pragma once

#include <cstdint>

#include "turngreen/units/bounded.h"
#include "turngreen/units/power.h"

namespace turngreen::energy {

enum class MemoryBoard { x86, arm };

/// Power of the machine's memory by its size: the middle, the least and the most of three published
/// models.
units::Bounded<units::Power> memory_power(std::uint64_t bytes, MemoryBoard board);

}  // namespace turngreen::energy
