#include "turngreen/explore/steady_state.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <random>
#include <vector>

namespace turngreen::explore {
namespace {

using testing::HasSubstr;

/// Points after each step of 8 samples; `watts` for each step, and 0.1 s a step.
std::vector<WorkPoint> work(std::size_t steps, const std::function<double(std::size_t)>& watts) {
  std::vector<WorkPoint> points(1);
  for (std::size_t step = 0; step < steps; ++step) {
    const WorkPoint& last = points.back();
    points.push_back({last.time + units::seconds(0.1),
                      last.energy + units::joules(watts(step) / 10), last.samples + 8});
  }
  return points;
}

TEST(SteadyState, of_an_even_rate_is_that_rate_for_certain) {
  const auto state = steady_state(work(100, [](auto) { return 80.0; }));
  ASSERT_TRUE(state) << state.error().message;
  ASSERT_TRUE(state->energy_per_sample);
  EXPECT_NEAR(state->energy_per_sample->value.in_joules(), 1, 1e-9);
  EXPECT_NEAR(state->energy_per_sample->high.in_joules(), 1, 1e-9);
  EXPECT_NEAR(state->time_per_sample.value.in_seconds(), 0.0125, 1e-9);
  EXPECT_TRUE(state->narrower_than(0.001));
}

TEST(SteadyState, leaves_the_warm_up_out) {
  std::mt19937_64 random(1);
  std::normal_distribution<double> noise(0, 2);
  const auto state = steady_state(
      work(200, [&](std::size_t step) { return (step < 40 ? 300.0 : 80.0) + noise(random); }));
  ASSERT_TRUE(state) << state.error().message;
  EXPECT_GE(state->warm_up, 40u);
  EXPECT_LE(state->warm_up, 80u);
  EXPECT_TRUE(state->energy_per_sample->contains(units::joules(1)));
  EXPECT_TRUE(state->narrower_than(0.02));
  EXPECT_FALSE(state->narrower_than(0.0001));
}

TEST(SteadyState, covers_the_true_mean_about_as_often_as_it_says) {
  std::mt19937_64 random(5);
  std::normal_distribution<double> noise(0, 8);
  std::size_t covered = 0;
  constexpr std::size_t kSeries = 200;
  for (std::size_t i = 0; i < kSeries; ++i) {
    const auto state = steady_state(work(300, [&](auto) { return 80 + noise(random); }));
    if (state && state->energy_per_sample->contains(units::joules(1))) ++covered;
  }
  EXPECT_GT(covered, kSeries * 85 / 100);
  EXPECT_LT(covered, kSeries);
}

TEST(SteadyState, is_refused_while_the_rate_still_changes) {
  const auto state =
      steady_state(work(100, [](std::size_t step) { return 100.0 + static_cast<double>(step); }));
  ASSERT_FALSE(state);
  EXPECT_THAT(state.error().message, HasSubstr("still changes"));
}

TEST(SteadyState, without_energy_is_that_of_the_time) {
  const auto state = steady_state(work(100, [](auto) { return 0.0; }));
  ASSERT_TRUE(state) << state.error().message;
  EXPECT_FALSE(state->energy_per_sample);
  EXPECT_TRUE(state->narrower_than(0.001));
}

TEST(SteadyState, joins_steps_without_samples_with_the_next) {
  auto points = work(120, [](auto) { return 80.0; });
  for (std::size_t i = 1; i < points.size(); i += 2) points[i].samples = points[i - 1].samples;
  const auto state = steady_state(points);
  ASSERT_TRUE(state) << state.error().message;
  EXPECT_NEAR(state->energy_per_sample->value.in_joules(), 1, 1e-9);
}

TEST(SteadyState, needs_points_and_points_that_go_forwards) {
  EXPECT_FALSE(steady_state({}));
  EXPECT_FALSE(steady_state(work(49, [](auto) { return 80.0; })));
  EXPECT_TRUE(steady_state(work(50, [](auto) { return 80.0; })));
  auto points = work(100, [](auto) { return 80.0; });
  points[50].samples = 0;
  const auto state = steady_state(points);
  ASSERT_FALSE(state);
  EXPECT_THAT(state.error().message, HasSubstr("point 50 goes back"));
}

}  // namespace
}  // namespace turngreen::explore
