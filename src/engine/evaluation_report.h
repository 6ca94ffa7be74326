#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "own_meter.h"
#include "turngreen/engine/checkpoint/architecture.h"
#include "turngreen/engine/metrics/metrics.h"

namespace turngreen::engine {

/// A setting, as the report shows it.
struct EvaluationSetting {
  std::string name;
  std::string value;
};

/// All there is to say of an evaluation.
struct EvaluationReport {
  std::string model;
  std::string data;
  std::string text_column;
  std::string label_column;
  checkpoint::Labels labels;
  std::vector<std::uint64_t> rows_of_labels;  ///< for each label; empty for regression
  std::uint64_t rows = 0;
  std::uint64_t bad_rows = 0;
  std::uint64_t tokens = 0;
  std::int64_t flops = 0;             ///< floating point operations of the model
  double seconds = 0;                 ///< of the model alone, without reading and tokenizing
  std::optional<EnergySpent> energy;  ///< of the whole command; absent: not metered here
  std::optional<double> threshold;
  std::string threshold_from;
  std::vector<EvaluationSetting> settings;  ///< device, precision, ...
  metrics::MetricOptions metric_options;
  std::vector<metrics::Metric> metrics;
  std::vector<std::string> warnings;
};

/// "single_label_classification", ..., as transformers writes it in config.json.
std::string problem_name(checkpoint::Problem problem);

/// Metrics by their field names at the top level, null where they are not defined; beside them
/// intervals, classes, warnings and what the evaluation was of.
std::string as_json(const EvaluationReport& report);

/// The same for people.
std::string as_text(const EvaluationReport& report);

}  // namespace turngreen::engine
