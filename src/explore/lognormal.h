#pragma once

#include <algorithm>
#include <cmath>
#include <span>

#include "normal_distribution.h"

namespace turngreen::explore {

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
