#pragma once

#include <cstdint>
#include <vector>

#include "infer/inference_options.h"
#include "turngreen/engine/data/examples.h"

namespace turngreen::infer {

struct BatchRules {
  std::int64_t size = 8;  ///< examples, at least 1
  bool bucketed = true;   ///< examples of similar length share a batch, the longest first
};

BatchRules batch_rules(const InferenceOptions& options);

/// Every example in one batch, as its index.
std::vector<std::vector<std::int64_t>> batches_of(const data::Examples& examples,
                                                  const BatchRules& rules);

}  // namespace turngreen::infer
