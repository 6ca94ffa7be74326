#include "train/step_plan.h"

#include <gtest/gtest.h>

namespace turngreen::train {
namespace {

TEST(StepPlan, the_last_step_of_an_epoch_takes_what_is_left) {
  const StepPlan plan = step_plan(21, {.epochs = 2, .batch_size = 4, .gradient_accumulation = 4});
  EXPECT_EQ(plan.batches_per_epoch, 6);
  EXPECT_EQ(plan.steps_per_epoch, 2);
  EXPECT_EQ(plan.steps, 4);
  EXPECT_EQ(plan.batches_of(1).first, 4);
  EXPECT_EQ(plan.batches_of(1).count, 2);
  EXPECT_EQ(plan.batches_of(2).epoch, 1);
  EXPECT_EQ(plan.batches_of(2).first, 0);
  EXPECT_EQ(plan.batches_of(2).count, 4);
}

TEST(StepPlan, a_part_of_an_epoch_is_rounded_up_to_steps) {
  EXPECT_EQ(step_plan(100, {.epochs = 0.25, .batch_size = 8}).steps, 4);  // of 13
  EXPECT_EQ(step_plan(100, {.epochs = 1.5, .batch_size = 8}).steps, 20);
}

TEST(StepPlan, a_number_of_steps_goes_before_epochs) {
  EXPECT_EQ(step_plan(8, {.epochs = 1, .max_steps = 7, .batch_size = 8}).steps, 7);
}

TEST(StepPlan, tells_epochs_by_batches) {
  const StepPlan plan = step_plan(21, {.batch_size = 4, .gradient_accumulation = 4});
  EXPECT_DOUBLE_EQ(plan.epochs_after(1), 4.0 / 6);
  EXPECT_DOUBLE_EQ(plan.epochs_after(2), 1);
  EXPECT_TRUE(plan.ends_epoch(2));
  EXPECT_FALSE(plan.ends_epoch(3));
}

}  // namespace
}  // namespace turngreen::train
