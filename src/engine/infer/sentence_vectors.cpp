#include "infer/sentence_vectors.h"

#include <ATen/ops/linalg_vector_norm.h>

#include "infer/batch_runner.h"

namespace turngreen::infer {
namespace {

/// As torch.nn.functional.normalize, which divides by no less.
constexpr double kSmallestLength = 1e-12;

}  // namespace

std::vector<float> sentence_vectors_of(const ReadyModel& ready, const data::Examples& examples,
                                       bool normalized, const BatchDone& done) {
  return run_batches({ready, examples, done}, [&](const model::TokenBatch& batch) -> at::Tensor {
    const at::Tensor hidden = ready.hidden_states(batch);
    // [sequences, hidden]
    const at::Tensor mean = model::mean_pooled(hidden.to(at::kFloat), batch);
    if (!normalized) return mean;
    return mean.div(at::linalg_vector_norm(mean, 2, {1}, true).clamp_min(kSmallestLength));
  });
}

}  // namespace turngreen::infer
