#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "turngreen/engine/checkpoint/architecture.h"

namespace turngreen::metrics {

/// What a model answered and what was right.
struct Outputs {
  checkpoint::Problem problem = checkpoint::Problem::single_label;
  std::int64_t outputs = 0;           ///< classes, labels, or regression targets
  std::vector<float> logits;          ///< [rows, outputs]
  std::vector<std::int64_t> classes;  ///< [rows], single-label
  std::vector<float> targets;         ///< [rows, outputs], elsewhere
};

struct Interval {
  double low = 0;
  double high = 0;
};

/// A figure by its field name: accuracy, f1_weighted, f1_macro, f1_CLASS, mcc, roc_auc, pr_auc,
/// log_loss, calibration_error, loss, ...; absent where it is not defined (roc_auc of rows of one
/// class).
struct Metric {
  std::string name;
  std::optional<double> value;
  std::optional<Interval> interval;
};

struct MetricOptions {
  std::vector<std::string> labels;  ///< names of the classes, for the figures of each
  std::optional<double> threshold;  ///< two classes: answer 1 from this probability on; absent: 0.5
  std::int64_t resamples = 0;       ///< of the bootstrap over rows; 0: no intervals
  double confidence = 0.95;
  std::uint64_t seed = 42;
};

/// In a fixed order, the most telling first (f1_macro, mcc).
std::vector<Metric> evaluate(const Outputs& outputs, const MetricOptions& options);

}  // namespace turngreen::metrics
