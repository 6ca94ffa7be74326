#include "train/validation.h"

namespace turngreen::train {
namespace {

metrics::Outputs outputs_of(const model::Model& model, const data::Examples& examples,
                            const TrainOptions& options, const infer::BatchDone& done) {
  metrics::Outputs outputs;
  outputs.problem = model.labels()->problem;
  outputs.outputs = static_cast<std::int64_t>(model.labels()->names.size());
  outputs.logits = infer::logits_of(model, examples, evaluation_options(options), done);
  outputs.classes = examples.classes;
  outputs.targets = examples.targets;
  return outputs;
}

std::optional<double> threshold_for(const metrics::Outputs& outputs,
                                    const ThresholdChoice& choice) {
  if (!choice.is_chosen) return choice.fixed;
  const auto chosen = metrics::choose_threshold(outputs, choice.metric);
  // Another problem, more classes or rows of one class only: there is nothing to choose.
  return chosen ? std::optional(chosen->probability) : std::nullopt;
}

}  // namespace

infer::InferenceOptions evaluation_options(const TrainOptions& options) {
  return {.batch_size = options.evaluation_batch_size,
          .bucketed = true,
          .layout = layout_of(options.batching),
          .attention = options.attention,
          .kernels = options.kernels,
          .precision = options.precision};
}

ScoredRows score_rows(const model::Model& model, const data::Examples& examples,
                      const TrainOptions& options, const infer::BatchDone& done) {
  ScoredRows scored{outputs_of(model, examples, options, done), {}};
  auto& [outputs, evaluation] = scored;
  evaluation.threshold = threshold_for(outputs, options.threshold);
  metrics::MetricOptions scoring;
  scoring.labels = model.labels()->names;
  scoring.threshold = evaluation.threshold;
  evaluation.metrics = metrics::evaluate(outputs, scoring);
  evaluation.warnings = metrics::warnings(outputs, scoring);
  return scored;
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
