#include "turngreen/units/energy.h"

#include <gtest/gtest.h>

#include <limits>

namespace turngreen::units {
namespace {

TEST(Energy, is_zero_unless_told_otherwise) { EXPECT_EQ(Energy(), joules(0)); }

TEST(Energy, every_unit_gives_the_same_amount) {
  const Energy amount = kilowatt_hours(2);
  EXPECT_EQ(amount, watt_hours(2000));
  EXPECT_EQ(amount, joules(7.2e6));
  EXPECT_EQ(amount, millijoules(7.2e9));
  EXPECT_EQ(amount, microjoules(7'200'000'000'000));
}

TEST(Energy, leaves_by_the_unit_it_is_asked_for) {
  const Energy amount = joules(1800);
  EXPECT_DOUBLE_EQ(amount.in_joules(), 1800);
  EXPECT_DOUBLE_EQ(amount.in_watt_hours(), 0.5);
  EXPECT_DOUBLE_EQ(amount.in_kilowatt_hours(), 0.0005);
  EXPECT_EQ(amount.in_microjoules(), 1'800'000'000);
}

TEST(Energy, whole_microjoules_survive_the_way_in_and_out) {
  const std::int64_t range = 262'143'328'850;  // a RAPL package counter's
  for (const std::int64_t count :
       {std::int64_t{0}, std::int64_t{1}, std::int64_t{61}, range,
        std::int64_t{999'999'999'999'999}, std::int64_t{-999'999'999'999'999}}) {
    EXPECT_EQ(microjoules(count).in_microjoules(), count);
  }
  for (std::int64_t count = 1; count < 1'000'000'000'000'000; count = count * 7 + 3) {
    EXPECT_EQ(microjoules(count).in_microjoules(), count);
  }
}

TEST(Energy, more_microjoules_than_fit_are_the_most_that_fit) {
  constexpr std::int64_t kHighest = std::numeric_limits<std::int64_t>::max();
  EXPECT_EQ(joules(1e300).in_microjoules(), kHighest);
  EXPECT_EQ(joules(-1e300).in_microjoules(), std::numeric_limits<std::int64_t>::min());
}

TEST(Energy, adds_and_subtracts) {
  Energy sum = joules(3);
  sum += joules(4);
  EXPECT_EQ(sum, joules(7));
  sum -= joules(9);
  EXPECT_EQ(sum, joules(-2));
  EXPECT_EQ(joules(3) + joules(4) - joules(7), Energy());
  EXPECT_EQ(-joules(3), joules(-3));
}

TEST(Energy, scales_and_divides) {
  EXPECT_EQ(joules(3) * 2, joules(6));
  EXPECT_EQ(0.5 * joules(3), joules(1.5));
  EXPECT_EQ(joules(3) / 2, joules(1.5));
  EXPECT_DOUBLE_EQ(joules(3) / joules(1.5), 2);
}

TEST(Energy, is_ordered_by_amount) {
  EXPECT_LT(joules(-1), Energy());
  EXPECT_LT(joules(3599), watt_hours(1));
  EXPECT_GE(joules(3600), watt_hours(1));
}

}  // namespace
}  // namespace turngreen::units
