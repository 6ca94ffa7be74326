#include "train/step_plan.h"

#include <algorithm>
#include <cmath>

namespace turngreen::train {
namespace {

std::int64_t divided_up(std::int64_t whole, std::int64_t part) { return (whole + part - 1) / part; }

}  // namespace

StepPlan::Batches StepPlan::batches_of(std::int64_t step) const {
  const std::int64_t first = step % steps_per_epoch * accumulation;
  return {.epoch = step / steps_per_epoch,
          .first = first,
          .count = std::min(accumulation, batches_per_epoch - first)};
}

double StepPlan::epochs_after(std::int64_t steps_done) const {
  const std::int64_t whole = steps_done / steps_per_epoch;
  const std::int64_t batches =
      std::min(steps_done % steps_per_epoch * accumulation, batches_per_epoch);
  return static_cast<double>(whole) +
         static_cast<double>(batches) / static_cast<double>(batches_per_epoch);
}

StepPlan step_plan(std::int64_t examples, const TrainOptions& options) {
  StepPlan plan;
  plan.accumulation = options.gradient_accumulation;
  plan.batches_per_epoch = divided_up(examples, options.batch_size);
  plan.steps_per_epoch = divided_up(plan.batches_per_epoch, plan.accumulation);
  plan.steps = options.max_steps.value_or(static_cast<std::int64_t>(
      std::ceil(options.epochs * static_cast<double>(plan.steps_per_epoch))));
  return plan;
}

}  // namespace turngreen::train
