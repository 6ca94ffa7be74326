#include "train/scoring.h"

namespace turngreen::train {
namespace {

std::optional<double> threshold_for(const metrics::Outputs& outputs,
                                    const ThresholdChoice& choice) {
  if (!choice.is_chosen) return choice.fixed;
  const auto chosen = metrics::choose_threshold(outputs, choice.metric);
  // Another problem, more classes or rows of one class only: there is nothing to choose.
  return chosen ? std::optional(chosen->probability) : std::nullopt;
}

}  // namespace

Evaluation score(const metrics::Outputs& outputs, const std::vector<std::string>& labels,
                 const ThresholdChoice& choice) {
  Evaluation evaluation;
  evaluation.threshold = threshold_for(outputs, choice);
  metrics::MetricOptions scoring;
  scoring.labels = labels;
  scoring.threshold = evaluation.threshold;
  evaluation.metrics = metrics::evaluate(outputs, scoring);
  evaluation.warnings = metrics::warnings(outputs, scoring);
  return evaluation;
}

std::vector<std::string> metric_names(const checkpoint::Labels& labels) {
  const auto count = labels.names.size();
  metrics::Outputs outputs;  // a row for each output is enough for every figure to be listed
  outputs.problem = labels.problem;
  outputs.outputs = static_cast<std::int64_t>(count);
  outputs.logits.assign(count * count, 0);
  outputs.targets.assign(count * count, 0);
  for (std::size_t i = 0; i < count; ++i) outputs.classes.push_back(static_cast<std::int64_t>(i));
  metrics::MetricOptions scoring;
  scoring.labels = labels.names;
  std::vector<std::string> names;
  for (const metrics::Metric& metric : metrics::evaluate(outputs, scoring))
    names.push_back(metric.name);
  return names;
}

}  // namespace turngreen::train
