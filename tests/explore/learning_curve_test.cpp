#include "turngreen/explore/learning_curve.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

namespace turngreen::explore {
namespace {

using testing::HasSubstr;

double truth(double share) { return 0.95 - 0.02 * std::pow(share, -0.7); }

TEST(LearningCurve, is_found_again_from_points_on_it) {
  std::vector<LearningPoint> points;
  for (const double share : {0.02, 0.05, 0.1, 0.2, 0.4}) points.push_back({share, truth(share)});
  const auto curve = LearningCurve::fit(points);
  ASSERT_TRUE(curve) << curve.error().message;
  EXPECT_NEAR(curve->exponent(), 0.7, 0.03);
  EXPECT_NEAR(curve->at(1).value, truth(1), 0.001);
  EXPECT_NEAR(curve->at(0.3).value, truth(0.3), 0.001);
}

TEST(LearningCurve, covers_what_comes_about_as_often_as_it_says) {
  std::mt19937_64 random(3);
  constexpr double kNoise = 0.002;
  std::normal_distribution<double> noise(0, kNoise);
  std::size_t covered = 0;
  constexpr std::size_t kCurves = 200;
  for (std::size_t i = 0; i < kCurves; ++i) {
    std::vector<LearningPoint> points;
    for (const double share : {0.05, 0.1, 0.2, 0.4}) {
      points.push_back({share, truth(share) + noise(random)});
    }
    if (LearningCurve::fit(points, kNoise)->at(1).contains(truth(1))) ++covered;
  }
  EXPECT_GT(covered, kCurves * 88 / 100);
}

TEST(LearningCurve, does_not_step_over_the_exponent_of_exact_points) {
  // Steep: the wrong exponent would be off by much.
  std::vector<LearningPoint> points;
  for (const double share : {0.05, 0.1, 0.2, 0.4}) {
    points.push_back({share, 0.95 - 0.02 * std::pow(share, -1.5)});
  }
  const auto curve = LearningCurve::fit(points);
  ASSERT_TRUE(curve) << curve.error().message;
  EXPECT_NEAR(curve->at(1).value, 0.93, 1e-5);
}

TEST(LearningCurve, is_as_sure_as_its_noise_where_the_points_are) {
  std::vector<LearningPoint> points;
  for (std::size_t i = 0; i < 25; ++i) {
    for (const double share : {0.1, 0.3, 1.0}) points.push_back({share, truth(share)});
  }
  const auto curve = LearningCurve::fit(points, 0.01);
  ASSERT_TRUE(curve);
  // Three parameters for three places: 25 qualities decide each.
  const auto at_end = curve->at(1);
  EXPECT_NEAR(at_end.high - at_end.low, 2 * 1.96 * 0.01 / 5, 0.0008);
}

TEST(LearningCurve, is_less_sure_the_farther_away) {
  const std::vector<LearningPoint> points{{0.05, 0.70}, {0.1, 0.80}, {0.2, 0.84}};
  const auto curve = LearningCurve::fit(points, 0.01);
  ASSERT_TRUE(curve);
  const auto width = [&](double share) { return curve->at(share).high - curve->at(share).low; };
  EXPECT_GT(width(0.4), width(0.2));
  EXPECT_GT(width(1), width(0.4));
}

TEST(LearningCurve, may_fall_where_lower_is_better) {
  std::vector<LearningPoint> points;
  for (const double share : {0.05, 0.1, 0.2, 0.4, 0.8}) {
    points.push_back({share, 0.3 + 0.1 * std::pow(share, -0.5)});
  }
  const auto curve = LearningCurve::fit(points);
  ASSERT_TRUE(curve);
  EXPECT_NEAR(curve->at(1).value, 0.4, 0.002);
}

TEST(LearningCurve, of_points_that_stay_the_same_stays_there) {
  const std::vector<LearningPoint> points{{0.1, 0.9}, {0.3, 0.9}, {0.5, 0.9}};
  const auto curve = LearningCurve::fit(points, 1e-9);
  ASSERT_TRUE(curve);
  EXPECT_NEAR(curve->at(1).value, 0.9, 1e-6);
  EXPECT_LT(curve->at(1).high - curve->at(1).low, 1e-6);
}

TEST(LearningCurve, needs_three_different_shares) {
  const std::vector<LearningPoint> points{{0.1, 0.8}, {0.1, 0.81}, {0.5, 0.9}};
  const auto curve = LearningCurve::fit(points);
  ASSERT_FALSE(curve);
  EXPECT_THAT(curve.error().message, HasSubstr("2 different shares"));
}

TEST(LearningCurve, needs_a_fourth_point_or_the_noise) {
  const std::vector<LearningPoint> points{{0.1, 0.8}, {0.2, 0.85}, {0.5, 0.9}};
  EXPECT_TRUE(LearningCurve::fit(points, 0.01));
  const auto curve = LearningCurve::fit(points);
  ASSERT_FALSE(curve);
  EXPECT_THAT(curve.error().message, HasSubstr("do not tell their noise"));
}

TEST(LearningCurve, refuses_what_is_no_share_quality_or_noise) {
  const std::vector<LearningPoint> good{{0.1, 0.8}, {0.2, 0.85}, {0.5, 0.9}};
  for (const LearningPoint& wrong :
       {LearningPoint{0, 0.9}, LearningPoint{1.5, 0.9}, LearningPoint{1e-9, 0.9},
        LearningPoint{0.7, 1e200}, LearningPoint{0.7, std::nan("")}}) {
    auto points = good;
    points.push_back(wrong);
    EXPECT_FALSE(LearningCurve::fit(points));
  }
  EXPECT_FALSE(LearningCurve::fit(good, 0.0));
  EXPECT_FALSE(LearningCurve::fit(good, std::numeric_limits<double>::infinity()));
}

}  // namespace
}  // namespace turngreen::explore
