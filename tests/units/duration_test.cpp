#include "turngreen/units/duration.h"

#include <gtest/gtest.h>

#include <limits>

namespace turngreen::units {
namespace {

constexpr std::int64_t kLowest = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t kHighest = std::numeric_limits<std::int64_t>::max();

TEST(Duration, is_zero_unless_told_otherwise) { EXPECT_EQ(Duration(), nanoseconds(0)); }

TEST(Duration, every_unit_gives_the_same_length) {
  const Duration day = hours(24);
  EXPECT_EQ(day, minutes(1440));
  EXPECT_EQ(day, seconds(86400));
  EXPECT_EQ(day, milliseconds(86400e3));
  EXPECT_EQ(day, microseconds(86400e6));
  EXPECT_EQ(day, nanoseconds(86'400'000'000'000));
}

TEST(Duration, leaves_by_the_unit_it_is_asked_for) {
  const Duration length = milliseconds(1500);
  EXPECT_EQ(length.in_nanoseconds(), 1'500'000'000);
  EXPECT_DOUBLE_EQ(length.in_microseconds(), 1.5e6);
  EXPECT_DOUBLE_EQ(length.in_milliseconds(), 1500);
  EXPECT_DOUBLE_EQ(length.in_seconds(), 1.5);
  EXPECT_DOUBLE_EQ(length.in_hours(), 1.5 / 3600);
}

TEST(Duration, fractions_of_a_nanosecond_are_rounded_to_the_nearest) {
  EXPECT_EQ(seconds(1.4e-9), nanoseconds(1));
  EXPECT_EQ(microseconds(0.0016), nanoseconds(2));
  EXPECT_EQ(seconds(-1.6e-9), nanoseconds(-2));
}

TEST(Duration, differences_of_timestamps_are_exact) {
  const Duration later = nanoseconds(1'700'000'000'123'456'789);
  const Duration earlier = nanoseconds(1'700'000'000'123'456'788);
  EXPECT_EQ(later - earlier, nanoseconds(1));
  EXPECT_EQ(earlier + nanoseconds(1), later);
}

TEST(Duration, scales_and_divides) {
  EXPECT_EQ(seconds(3) * 0.5, milliseconds(1500));
  EXPECT_EQ(2 * seconds(3), seconds(6));
  EXPECT_EQ(seconds(3) / 2, milliseconds(1500));
  EXPECT_DOUBLE_EQ(seconds(3) / milliseconds(500), 6);
  EXPECT_EQ(-seconds(3), seconds(-3));
}

TEST(Duration, is_ordered_by_length) {
  EXPECT_LT(seconds(-1), Duration());
  EXPECT_LT(milliseconds(999), seconds(1));
  EXPECT_GE(seconds(60), minutes(1));
}

TEST(Duration, beyond_the_range_becomes_the_end_of_the_range) {
  EXPECT_EQ(seconds(1e30), Duration::longest());
  EXPECT_EQ(hours(-1e300).in_nanoseconds(), kLowest);
  EXPECT_EQ(seconds(std::numeric_limits<double>::infinity()), Duration::longest());
  EXPECT_EQ(Duration::longest() * 2, Duration::longest());
  EXPECT_EQ((Duration::longest() * -2).in_nanoseconds(), kLowest);
  EXPECT_EQ(seconds(1) / 0.0, Duration::longest());
}

TEST(Duration, sums_and_differences_do_not_wrap) {
  EXPECT_EQ((nanoseconds(kHighest) + nanoseconds(1)).in_nanoseconds(), kHighest);
  EXPECT_EQ((nanoseconds(kLowest) + nanoseconds(-1)).in_nanoseconds(), kLowest);
  EXPECT_EQ((nanoseconds(kLowest) - nanoseconds(1)).in_nanoseconds(), kLowest);
  EXPECT_EQ((nanoseconds(kHighest) - nanoseconds(-1)).in_nanoseconds(), kHighest);
  EXPECT_EQ((-nanoseconds(kLowest)).in_nanoseconds(), kHighest);
  EXPECT_EQ((nanoseconds(kHighest) + nanoseconds(kLowest)).in_nanoseconds(), -1);
}

TEST(Duration, not_a_number_becomes_zero) {
  EXPECT_EQ(seconds(std::numeric_limits<double>::quiet_NaN()), Duration());
  EXPECT_EQ(Duration() / 0.0, Duration());
}

TEST(Duration, is_usable_at_compile_time) {
  static_assert(seconds(1e30) == Duration::longest());
  static_assert(Duration::longest() + seconds(1) == Duration::longest());
  static_assert(minutes(1) - seconds(60) == Duration());
}

}  // namespace
}  // namespace turngreen::units
