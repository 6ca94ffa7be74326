#pragma once

#include <vector>

#include "infer/ready_model.h"
#include "turngreen/engine/data/examples.h"

namespace turngreen::infer {

/// [examples, outputs], row by row in the order of `examples`, in fp32. No gradients, no dropout.
/// The model must have a head. Libtorch's errors (no memory) are thrown as c10::Error.
std::vector<float> logits_of(const ReadyModel& ready, const data::Examples& examples,
                             const BatchDone& done = {});

}  // namespace turngreen::infer
