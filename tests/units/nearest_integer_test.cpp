#include "turngreen/units/nearest_integer.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace turngreen::units {
namespace {

constexpr std::int64_t kLowest = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t kHighest = std::numeric_limits<std::int64_t>::max();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

TEST(NearestInteger, halves_are_rounded_away_from_zero) {
  EXPECT_EQ(nearest_integer(2.5), 3);
  EXPECT_EQ(nearest_integer(-2.5), -3);
  EXPECT_EQ(nearest_integer(2.4999), 2);
  EXPECT_EQ(nearest_integer(-0.5), -1);
  EXPECT_EQ(nearest_integer(0.0), 0);
}

TEST(NearestInteger, a_number_just_below_one_half_gives_zero) {
  EXPECT_EQ(nearest_integer(std::nextafter(0.5, 0.0)), 0);
}

TEST(NearestInteger, whole_numbers_of_every_size_stay_what_they_are) {
  for (int exponent = 0; exponent < 62; ++exponent) {
    const double number = std::ldexp(1.0, exponent) + (exponent < 53 ? 1.0 : 0.0);
    EXPECT_EQ(nearest_integer(number), static_cast<std::int64_t>(number)) << "2^" << exponent;
    EXPECT_EQ(nearest_integer(-number), -static_cast<std::int64_t>(number)) << "-2^" << exponent;
  }
}

TEST(NearestInteger, what_does_not_fit_becomes_the_end_of_the_range) {
  EXPECT_EQ(nearest_integer(1e30), kHighest);
  EXPECT_EQ(nearest_integer(-1e30), kLowest);
  EXPECT_EQ(nearest_integer(kInfinity), kHighest);
  EXPECT_EQ(nearest_integer(-kInfinity), kLowest);
  EXPECT_EQ(nearest_integer(9223372036854775808.0), kHighest);
  EXPECT_EQ(nearest_integer(-9223372036854775808.0), kLowest);
}

TEST(NearestInteger, not_a_number_gives_zero) {
  EXPECT_EQ(nearest_integer(std::numeric_limits<double>::quiet_NaN()), 0);
}

}  // namespace
}  // namespace turngreen::units
