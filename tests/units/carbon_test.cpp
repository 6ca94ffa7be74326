#include "turngreen/units/carbon.h"

#include <gtest/gtest.h>

namespace turngreen::units {
namespace {

TEST(Carbon, every_unit_gives_the_same_mass) {
  EXPECT_EQ(kilograms(2), grams(2000));
  EXPECT_DOUBLE_EQ(grams(1500).in_grams(), 1500);
  EXPECT_DOUBLE_EQ(grams(1500).in_kilograms(), 1.5);
}

TEST(Carbon, adds_subtracts_scales_and_divides) {
  Carbon sum = grams(3);
  sum += grams(4);
  sum -= grams(1);
  EXPECT_EQ(sum, grams(6));
  EXPECT_EQ(grams(3) + grams(4) - grams(1), grams(6));
  EXPECT_EQ(2 * grams(3), grams(3) * 2);
  EXPECT_EQ(grams(3) / 2, grams(1.5));
  EXPECT_DOUBLE_EQ(grams(3) / grams(1.5), 2);
  EXPECT_LT(grams(999), kilograms(1));
}

TEST(CarbonIntensity, times_energy_is_carbon) {
  const CarbonIntensity intensity = grams_per_kilowatt_hour(56);
  EXPECT_EQ(kilowatt_hours(2) * intensity, grams(112));
  EXPECT_EQ(intensity * kilowatt_hours(2), grams(112));
  EXPECT_DOUBLE_EQ(intensity.in_grams_per_kilowatt_hour(), 56);
}

TEST(CarbonIntensity, is_ordered) {
  EXPECT_LT(grams_per_kilowatt_hour(56), grams_per_kilowatt_hour(380));
}

}  // namespace
}  // namespace turngreen::units
