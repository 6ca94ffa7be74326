#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "turngreen/engine/metrics/metrics.h"

namespace turngreen::metrics {

/// How often each row counts: once, or as often as a resample drew it.
using Weights = std::span<const std::uint32_t>;

/// The mean of what is there; absent where nothing is.
class Mean {
 public:
  void add(std::optional<double> value, double weight = 1) {
    if (!value) return;
    sum_ += *value * weight;
    weight_ += weight;
  }
  std::optional<double> value() const {
    return weight_ > 0 ? std::optional(sum_ / weight_) : std::nullopt;
  }

 private:
  double sum_ = 0;
  double weight_ = 0;
};

/// The figures of a problem, made ready to be computed for many resamples of its rows: what does
/// not depend on the weights is there already.
struct ScoreTable {
  std::vector<std::string> names;
  std::function<std::vector<std::optional<double>>(Weights)> values;  ///< one for each name
};

/// One for each problem. The outputs must be finite.
ScoreTable single_label_scores(const Outputs& outputs, const MetricOptions& options);
ScoreTable multi_label_scores(const Outputs& outputs, const MetricOptions& options);
ScoreTable regression_scores(const Outputs& outputs);

}  // namespace turngreen::metrics
