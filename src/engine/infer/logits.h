#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "model/model.h"
#include "model/precision.h"
#include "turngreen/engine/data/examples.h"

namespace turngreen::infer {

struct InferenceOptions {
  std::int64_t batch_size = 8;
  bool bucketed =
      true;  ///< examples of similar length share a batch; what comes out keeps their order
  model::Layout layout = model::Layout::padded;
  model::AttentionKernel attention = model::AttentionKernel::sdpa;
  model::Precision precision = model::Precision::fp32;
};

/// Called after each batch with what it held.
using BatchDone = std::function<void(std::int64_t examples, std::int64_t tokens)>;

/// [examples, outputs], row by row in the order of `examples`, in fp32. No gradients, no dropout.
std::vector<float> logits_of(const model::Model& model, const data::Examples& examples,
                             const InferenceOptions& options, const BatchDone& done = {});

}  // namespace turngreen::infer
