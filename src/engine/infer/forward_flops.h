#pragma once

#include <cstdint>
#include <optional>

#include "infer/inference_options.h"
#include "turngreen/engine/checkpoint/architecture.h"
#include "turngreen/engine/data/examples.h"

namespace turngreen::infer {

/// What decides how much there is to compute.
struct HeadedEncoder {
  const checkpoint::Architecture& architecture;
  std::optional<std::int64_t> outputs;  ///< of the head; absent: hidden states only
};

/// Operations of matrix products that are executed to answer these examples, as
/// model::executed_flops counts them: pad tokens of the batches included. Those of int8 count as
/// others do.
std::int64_t forward_flops(const HeadedEncoder& model, const data::Examples& examples,
                           const InferenceOptions& options);

}  // namespace turngreen::infer
