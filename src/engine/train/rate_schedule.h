#pragma once

#include <cstdint>

#include "train/train_options.h"

namespace turngreen::train {

/// The learning rate of each optimizer step, as transformers' get_linear_schedule_with_warmup and
/// its kin.
struct RateSchedule {
  Schedule shape = Schedule::linear;
  double peak = 0;
  std::int64_t warmup = 0;  ///< steps over which it rises, from 0
  std::int64_t steps = 1;   ///< of the whole run

  double rate_at(std::int64_t step) const;  ///< from step 0
};

RateSchedule rate_schedule(const TrainOptions& options, std::int64_t steps);

}  // namespace turngreen::train
