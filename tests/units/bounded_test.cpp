#include "turngreen/units/bounded.h"

#include <gtest/gtest.h>

#include "turngreen/units/carbon.h"
#include "turngreen/units/money.h"
#include "turngreen/units/power.h"

namespace turngreen::units {
namespace {

using BoundedEnergy = Bounded<Energy>;

const BoundedEnergy kFirst{joules(10), joules(8), joules(13)};
const BoundedEnergy kSecond{joules(4), joules(3), joules(6)};

TEST(Bounded, an_exact_value_is_its_own_bounds) {
  EXPECT_EQ(BoundedEnergy::exactly(joules(3)), (BoundedEnergy{joules(3), joules(3), joules(3)}));
}

TEST(Bounded, contains_its_ends_and_nothing_beyond) {
  EXPECT_TRUE(kFirst.contains(joules(8)));
  EXPECT_TRUE(kFirst.contains(joules(13)));
  EXPECT_FALSE(kFirst.contains(joules(7.999)));
  EXPECT_FALSE(kFirst.contains(joules(13.001)));
}

TEST(Bounded, lows_and_highs_add) {
  const BoundedEnergy sum{joules(14), joules(11), joules(19)};
  EXPECT_EQ(kFirst + kSecond, sum);
  BoundedEnergy running = kFirst;
  running += kSecond;
  EXPECT_EQ(running, sum);
}

TEST(Bounded, a_difference_is_as_uncertain_as_both_together) {
  EXPECT_EQ(kFirst - kSecond, (BoundedEnergy{joules(6), joules(2), joules(10)}));
}

TEST(Bounded, a_difference_encloses_every_difference_of_members) {
  const BoundedEnergy difference = kFirst - kSecond;
  for (double first = 8; first <= 13; first += 0.5) {
    for (double second = 3; second <= 6; second += 0.5) {
      EXPECT_TRUE(difference.contains(joules(first) - joules(second)));
    }
  }
}

TEST(Bounded, a_positive_factor_keeps_the_bounds_in_place) {
  EXPECT_EQ(kFirst * 2, (BoundedEnergy{joules(20), joules(16), joules(26)}));
  EXPECT_EQ(kFirst / 2, (BoundedEnergy{joules(5), joules(4), joules(6.5)}));
}

TEST(Bounded, a_negative_factor_swaps_the_bounds) {
  EXPECT_EQ(kFirst * -1, (BoundedEnergy{joules(-10), joules(-13), joules(-8)}));
  EXPECT_EQ(kFirst / -1.0, (BoundedEnergy{joules(-10), joules(-13), joules(-8)}));
}

TEST(Bounded, energy_by_a_duration_is_bounded_power) {
  const Bounded<Power> power = kFirst / seconds(2);
  EXPECT_EQ(power, (Bounded<Power>{watts(5), watts(4), watts(6.5)}));
  EXPECT_EQ(power * seconds(2), kFirst);
}

TEST(Bounded, energy_times_an_intensity_is_bounded_carbon) {
  const BoundedEnergy energy{kilowatt_hours(2), kilowatt_hours(1), kilowatt_hours(3)};
  EXPECT_EQ(energy * grams_per_kilowatt_hour(50),
            (Bounded<Carbon>{grams(100), grams(50), grams(150)}));
}

TEST(Bounded, a_negative_price_swaps_the_bounds_of_the_cost) {
  const Currency euro("EUR");
  const BoundedEnergy energy{kilowatt_hours(2), kilowatt_hours(1), kilowatt_hours(3)};
  EXPECT_EQ(energy * price_per_kilowatt_hour({-0.5, euro}),
            (Bounded<Money>{{-1, euro}, {-1.5, euro}, {-0.5, euro}}));
}

}  // namespace
}  // namespace turngreen::units
