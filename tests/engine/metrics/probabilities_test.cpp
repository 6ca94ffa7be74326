#include "turngreen/engine/metrics/probabilities.h"

#include <gtest/gtest.h>

#include <cmath>

namespace turngreen::metrics {
namespace {

using checkpoint::Problem;

TEST(Probabilities, are_the_softmax_of_a_single_label) {
  const std::vector<float> logits = {1, 2, 3};
  const auto found = probabilities(logits, Problem::single_label);
  const double sum = std::exp(1) + std::exp(2) + std::exp(3);
  ASSERT_EQ(found.size(), 3U);
  EXPECT_NEAR(found[0], std::exp(1) / sum, 1e-15);
  EXPECT_NEAR(found[2], std::exp(3) / sum, 1e-15);
}

TEST(Probabilities, do_not_overflow) {
  EXPECT_EQ(probabilities(std::vector<float>{1e30F, -1e30F}, Problem::single_label),
            (std::vector<double>{1, 0}));
  EXPECT_EQ(probabilities(std::vector<float>{1e30F, 0, 0}, Problem::single_label),
            (std::vector<double>{1, 0, 0}));
  EXPECT_EQ(probabilities(std::vector<float>{-1e30F, 0}, Problem::multi_label),
            (std::vector<double>{0, 0.5}));
}

TEST(Probabilities, leave_regression_as_it_is) {
  EXPECT_EQ(probabilities(std::vector<float>{-2.5F}, Problem::regression),
            std::vector<double>{-2.5});
}

TEST(AnsweredClass, is_the_most_probable_or_what_the_threshold_says) {
  EXPECT_EQ(answered_class(std::vector{0.4, 0.6}, std::nullopt), 1);
  EXPECT_EQ(answered_class(std::vector{0.5, 0.5}, std::nullopt), 0);
  EXPECT_EQ(answered_class(std::vector{0.4, 0.6}, 0.7), 0);
  EXPECT_EQ(answered_class(std::vector{0.7, 0.3}, 0.3), 1);
  EXPECT_EQ(answered_class(std::vector{0.1, 0.2, 0.7}, 0.9), 2);
}

TEST(AnsweredLabels, are_those_from_the_threshold_on) {
  EXPECT_EQ(answered_labels(std::vector{0.4, 0.5, 0.9}, std::nullopt),
            (std::vector<std::uint8_t>{0, 1, 1}));
  EXPECT_EQ(answered_labels(std::vector{0.4, 0.5, 0.9}, 0.4), (std::vector<std::uint8_t>{1, 1, 1}));
}

}  // namespace
}  // namespace turngreen::metrics
