#pragma once

#include <cmath>
#include <numbers>
#include <span>

#include "regression.h"

namespace turngreen::explore {

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

/// A positive quantity whose logarithm is normal.
struct LogNormal {
  double log_mean = 0;
  double log_deviation = 0;

  double median() const { return std::exp(log_mean); }
  double mean() const { return std::exp(log_mean + log_deviation * log_deviation / 2); }
  double quantile(double z) const { return std::exp(log_mean + z * log_deviation); }

  /// E[max(0, level - X)]: the Black-Scholes put.
  double expected_shortfall_below(double level) const {
    if (level <= 0) return 0;
    if (log_deviation < 1e-9) return std::max(0.0, level - median());
    const double z = (std::log(level) - log_mean) / log_deviation;
    return level * normal_probability(z) - mean() * normal_probability(z - log_deviation);
  }
};

/// Sum of weight times exp(normal), for independent normals, matched by its first two moments
/// (Fenton, "The sum of log-normal probability distributions", 1960).
inline LogNormal sum_of_lognormals(std::span<const double> weights,
                                   std::span<const Normal> logarithms) {
  double mean = 0;
  double variance = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const double part = weights[i] * std::exp(logarithms[i].mean + logarithms[i].variance / 2);
    mean += part;
    variance += part * part * std::expm1(logarithms[i].variance);
  }
  const double log_variance = std::log1p(variance / (mean * mean));
  return {std::log(mean) - log_variance / 2, std::sqrt(log_variance)};
}

}  // namespace turngreen::explore
