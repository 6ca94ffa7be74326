#include "explore/normal_distribution.h"

#include <gtest/gtest.h>

namespace turngreen::explore {
namespace {

TEST(NormalDistribution, probability_is_that_of_the_tables) {
  EXPECT_DOUBLE_EQ(normal_probability(0), 0.5);
  EXPECT_NEAR(normal_probability(1), 0.8413447460685429, 1e-15);
  EXPECT_NEAR(normal_probability(-8), 6.22096057427178e-16, 1e-27) << "the far tail is not 0";
}

TEST(NormalDistribution, quantile_is_the_inverse_of_probability) {
  for (const double z : {-4.0, -1.0, 0.0, 0.3, 2.5}) {
    EXPECT_NEAR(normal_quantile(normal_probability(z)), z, 1e-8);
  }
}

TEST(NormalDistribution, ninety_five_percent_lie_within_its_constant_on_both_sides) {
  EXPECT_NEAR(normal_probability(kNormal95) - normal_probability(-kNormal95), 0.95, 1e-12);
}

}  // namespace
}  // namespace turngreen::explore
