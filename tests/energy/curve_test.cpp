#include "energy/curve.h"

#include <gtest/gtest.h>

#include "energy/scripted_sensor.h"

namespace turngreen::energy {
namespace {

using units::microseconds;
using units::milliseconds;
using units::seconds;
using units::watts;

Curve::Point counter_point(units::Duration when, std::int64_t microjoules, bool hole = false) {
  return {at(when - milliseconds(1)),
          at(when - microseconds(500)),
          at(when),
          {microjoules, microjoules, microjoules},
          hole};
}

TEST(Curve, adjacent_stretches_add_up_to_the_whole_exactly) {
  Curve curve(watts(500), milliseconds(1), false);
  for (int i = 0; i <= 10; ++i) curve.append(counter_point(milliseconds(i * 100), i * 7'777'777));
  const auto whole = curve.between(at(milliseconds(5)), at(milliseconds(905)));
  std::int64_t sum = 0;
  for (int i = 5; i < 905; i += 3) {
    sum +=
        curve.between(at(milliseconds(i)), at(milliseconds(i + 3))).energy->value.in_microjoules();
  }
  EXPECT_EQ(sum, whole.energy->value.in_microjoules());
}

TEST(Curve, bounds_use_the_greatest_power_next_to_a_point) {
  Curve curve(watts(100), milliseconds(1), false);
  curve.append(counter_point(seconds(0), 0));
  curve.append(counter_point(seconds(10), 500'000'000));
  curve.append(counter_point(seconds(20), 1'000'000'000));
  // 10 ms past a point known to 1 ms: at most 11 ms x 100 W above it.
  const auto edge = curve.at(at(seconds(10) + milliseconds(10)));
  EXPECT_EQ(edge.low.at_least, 500'000'000);
  EXPECT_EQ(edge.high.at_most, 501'100'000);
}

TEST(Curve, past_the_last_point_the_value_is_carried_for_one_step_only) {
  Curve curve(watts(100), milliseconds(100), false);
  curve.append(counter_point(seconds(0), 0));
  curve.append(counter_point(seconds(1), 10'000'000));
  const auto soon = curve.value(at(seconds(1) + milliseconds(50)));
  EXPECT_NEAR(static_cast<double>(soon), 10'505'000, 1);
  EXPECT_EQ(curve.value(at(seconds(5))), curve.value(at(seconds(6))));
}

TEST(Curve, integrated_power_has_straight_bounds_between_points) {
  Curve curve(watts(100), milliseconds(0), true);
  curve.append({at(seconds(0)), at(seconds(0)), at(seconds(0)), {0, 0, 0}, false});
  curve.append(
      {at(seconds(1)), at(seconds(1)), at(seconds(1)), {10'000'000, 8'000'000, 13'000'000}, false});
  const auto half = curve.between(at(seconds(0)), at(milliseconds(500)));
  EXPECT_EQ(half.energy->value.in_microjoules(), 5'000'000);
  EXPECT_EQ(half.energy->low.in_microjoules(), 4'000'000);
  EXPECT_EQ(half.energy->high.in_microjoules(), 6'500'000);
}

TEST(Curve, time_without_measurement_is_reported_and_widens_the_upper_bound_only) {
  Curve curve(watts(100), milliseconds(1), false);
  curve.append(counter_point(seconds(0), 0));
  curve.append(counter_point(seconds(1), 10'000'000));
  curve.append(counter_point(seconds(3), 10'000'000, true));
  curve.append(counter_point(seconds(4), 20'000'000));
  const auto whole = curve.between(at(seconds(0)), at(seconds(4)));
  EXPECT_EQ(whole.unmeasured, seconds(2));
  EXPECT_NEAR(whole.energy->value.in_joules(), 20, 0.01);
  EXPECT_GE(whole.energy->high.in_joules(), 220);
  EXPECT_FALSE(curve.between(at(milliseconds(1200)), at(milliseconds(2800))).energy);
}

TEST(Curve, old_points_are_let_go_so_that_memory_stays_bounded) {
  Curve curve(watts(100), milliseconds(1), false);
  for (std::int64_t i = 0; i < 70'000; ++i)
    curve.append(counter_point(milliseconds(static_cast<double>(i) * 100), i * 1'000'000));
  EXPECT_GT(curve.oldest(), at(seconds(1)));
  const auto recent = curve.between(at(seconds(6900)), at(seconds(6990)));
  EXPECT_EQ(recent.energy->value.in_microjoules(), 900'000'000);
}

}  // namespace
}  // namespace turngreen::energy
