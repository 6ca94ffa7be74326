#pragma once

#include <cstdint>

#include "infer/inference_options.h"
#include "turngreen/engine/checkpoint/architecture.h"
#include "turngreen/engine/data/examples.h"

namespace turngreen::infer {

/// What decides how much there is to compute.
struct HeadedEncoder {
  const checkpoint::Architecture& architecture;
  std::int64_t outputs = 0;
};

/// Floating point operations that logits_of executes for these examples, as model::executed_flops
/// counts them: pad tokens of the batches included.
std::int64_t forward_flops(const HeadedEncoder& model, const data::Examples& examples,
                           const InferenceOptions& options);

}  // namespace turngreen::infer
