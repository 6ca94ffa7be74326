#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <functional>
#include <vector>

#include "infer/ready_model.h"
#include "turngreen/engine/data/examples.h"

namespace turngreen::infer {

/// [sequences, width] of a batch, on the model's device.
using Forward = std::function<at::Tensor(const model::TokenBatch& batch)>;

struct BatchRun {
  const ReadyModel& ready;
  const data::Examples& examples;
  const BatchDone& done;
};

/// Runs `forward` on all examples, in batches, and puts its rows where the examples are:
/// [examples, width] in fp32.
std::vector<float> run_batches(const BatchRun& run, const Forward& forward);

}  // namespace turngreen::infer
