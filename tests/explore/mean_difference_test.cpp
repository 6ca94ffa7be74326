#include "explore/mean_difference.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

namespace turngreen::explore {
namespace {

TEST(MeanDifference, welchs_test_gives_what_scipy_gives) {
  // scipy.stats.ttest_ind([27.5, 21.0, 19.0, 23.6], [27.1, 22.0, 20.8, 23.4, 35.0],
  // equal_var=False)
  const auto from = repeat_mean(std::array{27.5, 21.0, 19.0, 23.6});
  const auto to = repeat_mean(std::array{27.1, 22.0, 20.8, 23.4, 35.0});
  const auto found = difference(*from, *to);
  EXPECT_NEAR(found.value, 2.885, 1e-12);
  ASSERT_TRUE(found.p_value && found.interval);
  EXPECT_NEAR(*found.p_value, 0.3915274903552418, 1e-12);
  EXPECT_LT(found.interval->low, 0);
  EXPECT_GT(found.interval->high, 0);
}

TEST(MeanDifference, the_interval_excludes_zero_just_where_p_is_below_5_percent) {
  const auto from = repeat_mean(std::array{10.0, 11.0, 12.0});
  for (const double shift : {2.0, 2.2, 2.3, 2.4, 3.0}) {
    const auto found =
        difference(*from, *repeat_mean(std::array{10 + shift, 11 + shift, 12 + shift}));
    EXPECT_EQ(*found.p_value<0.05, found.interval->low> 0) << shift;
  }
}

TEST(MeanDifference, two_that_borrow_one_scatter_have_its_degrees_of_freedom) {
  const RepeatScatter pooled{.variance = 4, .freedom = 10};
  const auto found =
      difference(*repeat_mean(std::array{10.0}, pooled), *repeat_mean(std::array{20.0}, pooled));
  EXPECT_NEAR(found.interval->high, 10 + student_95(10) * std::sqrt(8.0), 1e-9);
}

TEST(MeanDifference, without_a_scatter_there_is_only_the_value) {
  const auto found = difference(*repeat_mean(std::array{10.0}), *repeat_mean(std::array{12.0}));
  EXPECT_EQ(found.value, 2);
  EXPECT_FALSE(found.interval);
  EXPECT_FALSE(found.p_value);
}

TEST(MeanDifference, values_without_scatter_differ_for_certain_or_not_at_all) {
  const auto ten = repeat_mean(std::array{10.0, 10.0, 10.0});
  const auto twelve = repeat_mean(std::array{12.0, 12.0, 12.0});
  EXPECT_EQ(difference(*ten, *twelve).p_value, 0);
  EXPECT_EQ(difference(*ten, *ten).p_value, 1);
}

TEST(RelativeDifference, is_a_share_of_the_first_with_an_interval_above_minus_1) {
  const auto from = repeat_mean(std::array{100.0, 101.0, 99.0});
  const auto to = repeat_mean(std::array{20.0, 30.0, 10.0});
  const auto found = relative_difference(*from, *to);
  ASSERT_TRUE(found && found->interval);
  EXPECT_NEAR(found->value, -0.8, 1e-12);
  EXPECT_GT(found->interval->low, -1);
  EXPECT_GT(found->interval->high, -0.8);
}

TEST(RelativeDifference, of_nothing_there_is_none) {
  EXPECT_FALSE(relative_difference(*repeat_mean(std::array{0.0}), *repeat_mean(std::array{1.0})));
}

}  // namespace
}  // namespace turngreen::explore
