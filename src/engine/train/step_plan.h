#pragma once

#include <cstdint>

#include "train/train_options.h"

namespace turngreen::train {

/// How many steps there are and which batches each of them takes: all there is to know of the
/// position in the data is the number of the step.
struct StepPlan {
  std::int64_t batches_per_epoch = 0;
  std::int64_t steps_per_epoch = 0;  ///< the last one may have fewer batches than the others
  std::int64_t steps = 0;            ///< of the whole run
  std::int64_t accumulation = 1;

  struct Batches {
    std::int64_t epoch = 0;  ///< from 0
    std::int64_t first = 0;  ///< within the epoch
    std::int64_t count = 0;
  };
  Batches batches_of(std::int64_t step) const;
  /// Epochs done after so many steps; 1.5 is in the middle of the second.
  double epochs_after(std::int64_t steps_done) const;
  bool ends_epoch(std::int64_t steps_done) const { return steps_done % steps_per_epoch == 0; }
};

/// As Trainer counts. There must be examples.
StepPlan step_plan(std::int64_t examples, const TrainOptions& options);

}  // namespace turngreen::train
