#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "turngreen/engine/checkpoint/architecture.h"
#include "turngreen/units/result.h"

namespace turngreen::metrics {

/// What a model answered and what was right.
struct Outputs {
  checkpoint::Problem problem = checkpoint::Problem::single_label;
  std::int64_t outputs = 0;           ///< classes, labels, or regression targets
  std::vector<float> logits;          ///< [rows, outputs]
  std::vector<std::int64_t> classes;  ///< [rows], single-label, each in [0, outputs)
  std::vector<float> targets;         ///< [rows, outputs], elsewhere
};

struct Interval {
  double low = 0;
  double high = 0;
};

/// A figure by its field name: accuracy, f1_weighted, f1_macro, f1_CLASS, mcc, roc_auc, pr_auc,
/// log_loss, calibration_error, loss, ... (docs/engine-predict.md defines each); absent where it is
/// not defined (roc_auc of rows of one class).
struct Metric {
  std::string name;
  std::optional<double> value;
  std::optional<Interval> interval;
};

struct MetricOptions {
  std::vector<std::string> labels;  ///< names of the classes, for the figures of each
  /// Two classes: answer 1 from this probability on; absent: the more probable one. Multi-label:
  /// the labels from this probability on; absent: 0.5.
  std::optional<double> threshold;
  std::int64_t resamples = 0;  ///< of the bootstrap over rows; 0: no intervals
  double confidence = 0.95;
  std::uint64_t seed = 42;
};

/// In a fixed order, the most telling first (f1_macro, mcc). Logits that are no finite numbers
/// leave every figure absent.
std::vector<Metric> evaluate(const Outputs& outputs, const MetricOptions& options);

/// What whoever reads the figures has to know first, a sentence each: all answers are one class,
/// classes without rows, logits that are no numbers.
std::vector<std::string> warnings(const Outputs& outputs, const MetricOptions& options);

struct Threshold {
  double probability = 0.5;  ///< of class 1, from which on it is answered
  double value = 0;          ///< what the metric is there, on these rows
};

/// Where a single-label problem of two classes scores best by `metric`: f1_macro, mcc, accuracy,
/// balanced_accuracy, f1_weighted or f1 (that of class 1). Between two probabilities that occur;
/// of equally good ones that nearest to 0.5. Error: another metric or problem, or rows of one class
/// only.
Result<Threshold> choose_threshold(const Outputs& outputs, std::string_view metric);

}  // namespace turngreen::metrics
