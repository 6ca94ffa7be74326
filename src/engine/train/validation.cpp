#include "train/validation.h"

#include "train/scoring.h"

namespace turngreen::train {
namespace {

metrics::Outputs outputs_of(const model::Model& model, const data::Examples& examples,
                            const TrainOptions& options, const infer::BatchDone& done) {
  metrics::Outputs outputs;
  outputs.problem = model.labels()->problem;
  outputs.outputs = static_cast<std::int64_t>(model.labels()->names.size());
  outputs.logits = infer::logits_of({model, options.inference}, examples, done);
  outputs.classes = examples.classes;
  outputs.targets = examples.targets;
  return outputs;
}

}  // namespace

ScoredRows score_rows(const model::Model& model, const data::Examples& examples,
                      const TrainOptions& options, const infer::BatchDone& done) {
  ScoredRows scored{outputs_of(model, examples, options, done), {}};
  scored.evaluation = score(scored.outputs, model.labels()->names, options.threshold);
  return scored;
}

}  // namespace turngreen::train
