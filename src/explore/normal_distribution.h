#pragma once

#include <cmath>
#include <numbers>

namespace turngreen::explore {

/// Mean and variance of a normal distribution.
struct Normal {
  double mean = 0;
  double variance = 0;
};

/// Standard normal distribution function.
inline double normal_probability(double z) { return 0.5 * std::erfc(-z / std::numbers::sqrt2); }

/// Inverse of normal_probability for 0 < probability < 1, by bisection to 1e-9.
inline double normal_quantile(double probability) {
  double low = -10;
  double high = 10;
  while (high - low > 1e-9) {
    const double middle = (low + high) / 2;
    (normal_probability(middle) < probability ? low : high) = middle;
  }
  return (low + high) / 2;
}

/// 97.5 % point of the standard normal distribution: 95 % lie within it on both sides.
inline constexpr double kNormal95 = 1.959963984540054;

}  // namespace turngreen::explore
