#include "infer/logits.h"

#include "infer/batch_runner.h"

namespace turngreen::infer {

std::vector<float> logits_of(const model::Model& model, const data::Examples& examples,
                             const InferenceOptions& options, const BatchDone& done) {
  model::ForwardOptions forward;
  forward.attention = options.attention;
  forward.kernels = options.kernels;
  return run_batches({model, examples, options, done},
                     [&](const model::TokenBatch& batch) { return model.logits(batch, forward); });
}

}  // namespace turngreen::infer
