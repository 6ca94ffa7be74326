#include "train/rate_schedule.h"

#include <gmock/gmock.h>

#include <vector>

namespace turngreen::train {
namespace {

using testing::DoubleNear;
using testing::Pointwise;

std::vector<double> rates(const TrainOptions& options, std::int64_t steps) {
  const RateSchedule schedule = rate_schedule(options, steps);
  std::vector<double> all;
  for (std::int64_t step = 0; step <= steps; ++step) all.push_back(schedule.rate_at(step));
  return all;
}

// Expected values are those of transformers' schedulers.
TEST(RateSchedule, linear_rises_and_falls) {
  const std::vector<double> expected{0,       0.1 / 3, 0.2 / 3, 0.1,     0.6 / 7, 0.5 / 7,
                                     0.4 / 7, 0.3 / 7, 0.2 / 7, 0.1 / 7, 0};
  EXPECT_THAT(rates({.learning_rate = 0.1, .warmup_steps = 3}, 10),
              Pointwise(testing::DoubleNear(1e-15), expected));
}

TEST(RateSchedule, cosine_falls_by_half_a_period) {
  const auto found =
      rates({.learning_rate = 0.1, .schedule = Schedule::cosine, .warmup_steps = 3}, 10);
  EXPECT_DOUBLE_EQ(found[2], 0.2 / 3);
  EXPECT_DOUBLE_EQ(found[4], 0.09504844339512096);
  EXPECT_DOUBLE_EQ(found[9], 0.004951556604879049);
  EXPECT_DOUBLE_EQ(found[10], 0);
}

TEST(RateSchedule, constant_stays_after_its_warm_up) {
  const auto found =
      rates({.learning_rate = 0.1, .schedule = Schedule::constant, .warmup_ratio = 0.25}, 10);
  EXPECT_DOUBLE_EQ(found[2], 0.2 / 3);  // a quarter of ten steps, rounded up
  EXPECT_DOUBLE_EQ(found[3], 0.1);
  EXPECT_DOUBLE_EQ(found[10], 0.1);
}

TEST(RateSchedule, warm_up_steps_go_before_the_ratio) {
  const TrainOptions options{.warmup_ratio = 0.5, .warmup_steps = 2};
  EXPECT_EQ(rate_schedule(options, 10).warmup, 2);
}

}  // namespace
}  // namespace turngreen::train
