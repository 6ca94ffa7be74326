#pragma once

#include <c10/core/Device.h>

#include <cstdint>
#include <functional>

#include "kernels/kernel_set.h"
#include "model/attention.h"
#include "model/precision.h"
#include "model/token_batch.h"
#include "turngreen/engine/checkpoint/architecture.h"
#include "turngreen/units/result.h"

namespace turngreen::infer {

/// What runs a finished model.
enum class Engine : std::uint8_t {
  reference,  ///< libtorch, operation by operation
  fused,      ///< model::prepared: weights laid out once, our own kernels
};

/// Of matrix products. Norms, softmax and the head are fp32 in the fused engine.
enum class Precision : std::uint8_t {
  fp32,
  bf16,
  fp16,          ///< the reference engine's, on CUDA
  int8_dynamic,  ///< the fused engine's: scales of weights by output, of activations by token
};

/// How texts of different lengths share a batch. What comes out keeps their order.
enum class Batching : std::uint8_t {
  padded,    ///< as they come, filled up to the longest
  bucketed,  ///< those of similar length, filled up likewise
  packed,    ///< as they come, head to tail: no pad token is computed
};
model::Layout layout_of(Batching batching);

struct InferenceOptions {
  std::int64_t batch_size = 8;
  Batching batching = Batching::bucketed;
  Engine engine = Engine::reference;
  Precision precision = Precision::fp32;
  model::AttentionKernel attention = model::AttentionKernel::sdpa;  ///< of the reference engine
};

/// Error: what does not go together, or cannot be had on this device or for this encoder, with the
/// reason and the mend.
Result<void> check_inference(const InferenceOptions& options,
                             const checkpoint::Architecture& architecture, at::Device device);

/// Error: the processor has no instructions for int8, with what it would cost.
Result<void> check_int8(const kernels::KernelSet& kernels);

/// Called after each batch with what it held; tokens without those that only fill it up.
using BatchDone = std::function<void(std::int64_t examples, std::int64_t tokens)>;

}  // namespace turngreen::infer
