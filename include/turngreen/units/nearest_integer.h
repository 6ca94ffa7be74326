#pragma once

#include <cstdint>
#include <limits>

namespace turngreen::units {

/// The whole number nearest to `value`, halves away from zero. Beyond the range of the result: the
/// end of the range on that side. Not-a-number gives 0.
constexpr std::int64_t nearest_integer(double value) {
  constexpr double kEnd = 9223372036854775808.0;  // 2^63, the first double that does not fit
  if (value >= kEnd) return std::numeric_limits<std::int64_t>::max();
  if (value < -kEnd) return std::numeric_limits<std::int64_t>::min();
  if (value != value) return 0;
  const auto whole = static_cast<std::int64_t>(value);
  // Adding 0.5 before truncating would round odd numbers above 2^52 up.
  const double rest = value - static_cast<double>(whole);
  return whole + (rest >= 0.5 ? 1 : rest <= -0.5 ? -1 : 0);
}

}  // namespace turngreen::units
