#include "explore/lognormal.h"

#include <gtest/gtest.h>

#include <array>
#include <random>
#include <vector>

namespace turngreen::explore {
namespace {

/// The same numbers at each call.
std::vector<double> draws(const LogNormal& of) {
  std::mt19937_64 random(7);
  std::lognormal_distribution<double> distribution(of.log_mean, of.log_deviation);
  std::vector<double> made(200'000);
  for (double& value : made) value = distribution(random);
  return made;
}

TEST(LogNormal, mean_lies_above_the_median) {
  const LogNormal quantity{std::log(0.5), 0.4};
  EXPECT_DOUBLE_EQ(quantity.median(), 0.5);
  EXPECT_DOUBLE_EQ(quantity.mean(), 0.5 * std::exp(0.08));
  EXPECT_DOUBLE_EQ(quantity.quantile(-1), 0.5 * std::exp(-0.4));
}

TEST(LogNormal, expected_shortfall_is_the_mean_of_what_falls_short) {
  const LogNormal quantity{std::log(0.8), 0.3};
  for (const double level : {0.4, 0.8, 1.2}) {
    double sum = 0;
    for (const double value : draws(quantity)) sum += std::max(0.0, level - value);
    EXPECT_NEAR(quantity.expected_shortfall_below(level), sum / 200'000, 0.002) << level;
  }
}

TEST(LogNormal, expected_shortfall_of_what_is_certain_is_the_difference) {
  const LogNormal certain{std::log(0.7), 0};
  EXPECT_DOUBLE_EQ(certain.expected_shortfall_below(1), 1 - certain.median());
  EXPECT_EQ(certain.expected_shortfall_below(0.6), 0);
  EXPECT_EQ(certain.expected_shortfall_below(-1), 0);
}

TEST(LogNormal, a_sum_keeps_the_mean_and_variance_of_its_parts) {
  const std::array weights{0.7, 0.3};
  const std::array logarithms{Normal{-0.2, 0.09}, Normal{0.1, 0.04}};
  const LogNormal sum = sum_of_lognormals(weights, logarithms);
  double mean = 0;
  double variance = 0;
  for (std::size_t i = 0; i < 2; ++i) {
    const LogNormal part{logarithms[i].mean + std::log(weights[i]),
                         std::sqrt(logarithms[i].variance)};
    mean += part.mean();
    variance += part.mean() * part.mean() * std::expm1(logarithms[i].variance);
  }
  EXPECT_NEAR(sum.mean(), mean, 1e-12);
  EXPECT_NEAR(sum.mean() * sum.mean() * std::expm1(sum.log_deviation * sum.log_deviation), variance,
              1e-12);
}

TEST(LogNormal, a_sum_of_one_part_is_that_part) {
  const std::array weights{2.0};
  const std::array logarithms{Normal{0.5, 0.16}};
  const LogNormal sum = sum_of_lognormals(weights, logarithms);
  EXPECT_NEAR(sum.log_mean, 0.5 + std::log(2.0), 1e-12);
  EXPECT_NEAR(sum.log_deviation, 0.4, 1e-12);
}

}  // namespace
}  // namespace turngreen::explore
