#pragma once

#include <cstdint>

namespace turngreen::energy {

// 128 bits keep products of microjoules and nanoseconds exact.
__extension__ using WideInteger = __int128;

/// floor(value * numerator / denominator); denominator > 0.
constexpr std::int64_t scale_floor(WideInteger value, std::int64_t numerator,
                                   std::int64_t denominator) {
  const WideInteger product = value * numerator;
  WideInteger quotient = product / denominator;
  if (product % denominator < 0) --quotient;
  return static_cast<std::int64_t>(quotient);
}

}  // namespace turngreen::energy
