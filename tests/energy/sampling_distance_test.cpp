#include "energy/sampling_distance.h"

#include <gtest/gtest.h>

#include <array>

#include "energy/scripted_sensor.h"

namespace turngreen::energy {
namespace {

using units::milliseconds;

units::Duration distance_for(const Domain& domain, units::Duration period) {
  const std::array<Domain, 2> domains{counter_domain("package-0"), domain};
  return sampling_distance(period, domains);
}

TEST(SamplingDistance, is_a_little_less_than_the_period_where_a_counter_is_as_slow_as_that) {
  const Domain gpu = counter_domain("gpu-0", milliseconds(100));
  for (const double period : {10.0, 100.0}) {
    EXPECT_LT(distance_for(gpu, milliseconds(period)), milliseconds(period * 0.95));
    EXPECT_GT(distance_for(gpu, milliseconds(period)), milliseconds(period * 0.9));
  }
}

TEST(SamplingDistance, is_the_period_where_no_counter_is_as_slow) {
  EXPECT_EQ(distance_for(counter_domain("gpu-0", milliseconds(20)), milliseconds(100)),
            milliseconds(100));
  EXPECT_EQ(distance_for(counter_domain("package-1", milliseconds(1)), milliseconds(1)),
            milliseconds(1));
}

TEST(SamplingDistance, is_the_period_where_slow_readings_do_not_show_their_updates) {
  Domain power = counter_domain("gpu-0", milliseconds(100));
  power.quantity = Quantity::power;
  Domain resting = counter_domain("gpu-0", milliseconds(100));
  resting.always_draws = false;
  Domain model = counter_domain("memory", milliseconds(100));
  model.source = Source::estimator;
  for (const Domain& domain : {power, resting, model}) {
    EXPECT_EQ(distance_for(domain, milliseconds(100)), milliseconds(100));
  }
}

}  // namespace
}  // namespace turngreen::energy
