#pragma once

#include <atomic>
#include <functional>

#include "train/train_checkpoint.h"
#include "train/training.h"

namespace turngreen::train {

/// Who is told as a run goes on; what is empty is left out.
struct Watcher {
  std::function<void()> stepping;
  std::function<void(const StepWork&)> stepped;
  infer::BatchDone evaluated_rows;
  std::function<void(const Evaluation&)> evaluated;
  const std::atomic<bool>* stop = nullptr;  ///< once it is true: a checkpoint, and the end
};

enum class End : std::uint8_t { finished, interrupted };

/// Takes the steps that are left, with the stages `train`, `evaluate` and `save` told to the meter.
/// At the end the model has the weights that are to be kept. Error: a step without a finite loss,
/// or a checkpoint that cannot be written; those that are there stay.
Result<End> train(Training& training, const CheckpointPlace& place, const Watcher& watcher);

}  // namespace turngreen::train
