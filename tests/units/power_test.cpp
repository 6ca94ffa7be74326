#include "turngreen/units/power.h"

#include <gtest/gtest.h>

namespace turngreen::units {
namespace {

TEST(Power, every_unit_gives_the_same_rate) {
  EXPECT_EQ(watts(2), milliwatts(2000));
  EXPECT_EQ(watts(2), microwatts(2e6));
  EXPECT_DOUBLE_EQ(watts(2).in_watts(), 2);
  EXPECT_DOUBLE_EQ(watts(2).in_milliwatts(), 2000);
}

TEST(Power, times_a_duration_is_energy) {
  EXPECT_EQ(watts(250) * seconds(2), joules(500));
  EXPECT_EQ(hours(1) * watts(1000), kilowatt_hours(1));
}

TEST(Power, is_energy_by_a_duration) { EXPECT_EQ(joules(500) / seconds(2), watts(250)); }

TEST(Power, says_how_long_an_energy_lasts) {
  EXPECT_EQ(joules(500) / watts(250), seconds(2));
  EXPECT_EQ(joules(500) / watts(0), Duration::longest());
}

TEST(Power, adds_subtracts_scales_and_divides) {
  Power sum = watts(3);
  sum += watts(4);
  sum -= watts(1);
  EXPECT_EQ(sum, watts(6));
  EXPECT_EQ(watts(3) + watts(4) - watts(1), watts(6));
  EXPECT_EQ(-watts(3), watts(-3));
  EXPECT_EQ(2 * watts(3), watts(3) * 2);
  EXPECT_EQ(watts(3) / 2, watts(1.5));
  EXPECT_DOUBLE_EQ(watts(3) / watts(1.5), 2);
}

TEST(Power, is_ordered_by_rate) {
  EXPECT_LT(watts(-1), Power());
  EXPECT_LT(milliwatts(999), watts(1));
}

}  // namespace
}  // namespace turngreen::units
