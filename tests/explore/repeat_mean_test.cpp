#include "turngreen/explore/repeat_mean.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <vector>

#include "explore/student_t.h"

namespace turngreen::explore {
namespace {

TEST(StudentT, quantiles_are_those_of_the_tables) {
  EXPECT_NEAR(student_95(1), 12.706205, 1e-6);
  EXPECT_NEAR(student_95(2), 4.302653, 1e-6);
  EXPECT_NEAR(student_95(10), 2.228139, 1e-6);
  EXPECT_NEAR(student_95(1e9), 1.959964, 1e-6);
}

TEST(StudentT, degrees_of_freedom_need_not_be_whole) {
  for (const double freedom : {1.01, 1.5, 2.5, 3.9, 17.2, 25.5, 999.5}) {
    EXPECT_NEAR(student_two_sided(student_95(freedom), freedom), 0.05, 1e-6) << freedom;
  }
}

TEST(StudentT, the_probability_beyond_is_two_sided) {
  EXPECT_DOUBLE_EQ(student_two_sided(0, 5), 1);
  EXPECT_NEAR(student_two_sided(2.228139, 10), 0.05, 1e-7);
  EXPECT_NEAR(student_two_sided(-2.228139, 10), 0.05, 1e-7);
  EXPECT_NEAR(student_two_sided(1, 1), 0.5, 1e-12);  // the Cauchy distribution
}

TEST(RepeatMean, three_values_tell_their_own_scatter) {
  const auto found = repeat_mean(std::array{10.0, 12.0, 14.0}, {.variance = 100, .freedom = 50});
  ASSERT_TRUE(found && found->interval);
  EXPECT_DOUBLE_EQ(found->mean, 12);
  EXPECT_EQ(found->runs, 3u);
  EXPECT_NEAR(found->interval->high - 12, 4.302653 * 2 / std::sqrt(3.0), 1e-6);
  EXPECT_EQ(found->freedom, 2u);
}

TEST(RepeatMean, a_single_value_borrows_the_scatter_of_the_others) {
  const auto found = repeat_mean(std::array{10.0}, {.variance = 4, .freedom = 10});
  ASSERT_TRUE(found && found->interval);
  EXPECT_NEAR(found->interval->low, 10 - 2.228139 * 2, 1e-6);
  EXPECT_EQ(found->freedom, 10u);
}

TEST(RepeatMean, nothing_that_was_repeated_gives_no_interval) {
  const auto found = repeat_mean(std::array{10.0});
  ASSERT_TRUE(found);
  EXPECT_FALSE(found->interval);
  EXPECT_FALSE(repeat_mean({}));
}

TEST(RepeatMean, two_values_alone_make_a_wide_interval) {
  const auto found = repeat_mean(std::array{9.0, 11.0});
  ASSERT_TRUE(found && found->interval);
  EXPECT_NEAR(found->interval->high - 10, 12.706205, 1e-5);
}

TEST(RepeatScatter, pools_around_each_groups_own_mean) {
  const std::vector<double> low{1, 3};
  const std::vector<double> high{100, 102, 104};
  const std::vector<double> single{7};
  const auto pooled = pool_scatter(std::array<std::span<const double>, 3>{low, high, single});
  EXPECT_EQ(pooled.freedom, 3u);
  EXPECT_DOUBLE_EQ(pooled.variance, (2.0 + 8.0) / 3);
  EXPECT_DOUBLE_EQ(pooled.scaled(3).variance, 9 * pooled.variance);
}

}  // namespace
}  // namespace turngreen::explore
