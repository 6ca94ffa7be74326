#include "train/rate_schedule.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace turngreen::train {

double RateSchedule::rate_at(std::int64_t step) const {
  const auto ratio = [](std::int64_t part, std::int64_t whole) {
    return static_cast<double>(part) / static_cast<double>(std::max<std::int64_t>(1, whole));
  };
  if (step < warmup) return peak * ratio(step, warmup);
  switch (shape) {
    case Schedule::linear:
      return peak * std::max(0.0, ratio(steps - step, steps - warmup));
    case Schedule::cosine:
      return peak * std::max(0.0, 0.5 * (1 + std::cos(std::numbers::pi *
                                                      ratio(step - warmup, steps - warmup))));
    case Schedule::constant:
      break;
  }
  return peak;
}

RateSchedule rate_schedule(const TrainOptions& options, std::int64_t steps) {
  const auto from_ratio =
      static_cast<std::int64_t>(std::ceil(static_cast<double>(steps) * options.warmup_ratio));
  return {.shape = options.schedule,
          .peak = options.learning_rate,
          .warmup = options.warmup_steps > 0 ? options.warmup_steps : from_ratio,
          .steps = steps};
}

}  // namespace turngreen::train
