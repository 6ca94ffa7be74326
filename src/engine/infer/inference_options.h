#pragma once

#include <cstdint>
#include <functional>

#include "model/model.h"
#include "model/precision.h"

namespace turngreen::infer {

struct InferenceOptions {
  std::int64_t batch_size = 8;
  /// Examples of similar length share a batch; what comes out keeps their order.
  bool bucketed = true;
  model::Layout layout = model::Layout::padded;
  model::AttentionKernel attention = model::AttentionKernel::sdpa;
  model::Kernels kernels = model::Kernels::libtorch;
  model::Precision precision = model::Precision::fp32;
};

/// Called after each batch with what it held; tokens without those that only fill it up.
using BatchDone = std::function<void(std::int64_t examples, std::int64_t tokens)>;

}  // namespace turngreen::infer
