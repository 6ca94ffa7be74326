#include "turngreen/explore/repeat_clusters.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <limits>

namespace turngreen::explore {
namespace {

using testing::ElementsAre;

// Four runs under a power limit of 100 W, published by "Tu(r)ning AI Green": in two of them it was
// not in force.
constexpr std::array kLimitedKwh{0.6480438907126642, 0.6592749356024854, 0.5124226864216523,
                                 0.5130305405912698};
constexpr std::array kLimitedSeconds{20506.25378634897, 20715.915475694113, 7935.619777977001,
                                     7922.38616735395};
constexpr std::array kBaselineKwh{0.5123330590707628, 0.5119549818888414, 0.511769527268737};

TEST(RepeatClusters, are_seen_where_a_power_limit_held_in_two_of_four_runs) {
  const auto energy = two_clusters(kLimitedKwh);
  ASSERT_TRUE(energy);
  EXPECT_THAT(energy->low, ElementsAre(2u, 3u));
  EXPECT_THAT(energy->high, ElementsAre(0u, 1u));
  EXPECT_EQ(sentence(*energy, "kWh"),
            "2 of 4 runs took 0.5127 kWh, 2 took 0.6537 kWh: two groups, not one mean");
  const auto time = two_clusters(kLimitedSeconds);
  ASSERT_TRUE(time);
  EXPECT_NEAR(time->low_mean, 7929, 0.1);
}

TEST(RepeatClusters, are_not_seen_in_repeats_that_agree) {
  EXPECT_FALSE(two_clusters(kBaselineKwh));
  EXPECT_FALSE(two_clusters(std::array{1.0, 1.0, 1.0}));
}

TEST(RepeatClusters, need_a_gap_of_ten_percent_and_five_ranges) {
  EXPECT_FALSE(two_clusters(std::array{100.0, 100.1, 109.0, 109.1}));
  EXPECT_TRUE(two_clusters(std::array{100.0, 100.1, 111.0, 111.1}));
  EXPECT_FALSE(two_clusters(std::array{100.0, 105.0, 125.0, 126.0}));
}

TEST(RepeatClusters, may_be_one_run_against_two_and_not_one_against_one) {
  EXPECT_TRUE(two_clusters(std::array{100.0, 150.0, 101.0}));
  EXPECT_FALSE(two_clusters(std::array{100.0, 150.0}));
  EXPECT_FALSE(two_clusters({}));
}

TEST(RepeatClusters, are_not_looked_for_in_what_is_no_measurement) {
  EXPECT_FALSE(two_clusters(std::array{1.0, 1.0, 2.0, std::numeric_limits<double>::quiet_NaN()}));
  EXPECT_FALSE(two_clusters(std::array{0.0, 0.0, 2.0, 2.0}));
}

}  // namespace
}  // namespace turngreen::explore
