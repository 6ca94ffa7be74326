#pragma once

#include <cstdint>
#include <vector>

#include "infer/inference_options.h"
#include "model/model.h"
#include "turngreen/engine/data/examples.h"

namespace turngreen::infer {

/// [examples, outputs], row by row in the order of `examples`, in fp32. No gradients, no dropout.
/// The model must have a head. Libtorch's errors (no memory) are thrown as c10::Error.
std::vector<float> logits_of(const model::Model& model, const data::Examples& examples,
                             const InferenceOptions& options, const BatchDone& done = {});

}  // namespace turngreen::infer
