#include "turngreen/explore/hopeless_quality.h"

#include <gmock/gmock.h>

#include <cmath>
#include <functional>

#include "toy_study.h"

namespace turngreen::explore {
namespace {

using pipeline::MetricPoint;
using testing::AllOf;
using testing::HasSubstr;

/// Told every twentieth of the work, until that share of it.
std::vector<MetricPoint> told(const std::function<double(double)>& quality, double until) {
  std::vector<MetricPoint> points;
  for (int step = 1; 0.05 * step <= until + 1e-9; ++step) {
    points.push_back({"f1", quality(0.05 * step), 0.05 * step});
  }
  return points;
}

/// What is said as the curve grows, if anything.
std::optional<HopelessQuality> said(QualityLimit limit, const std::vector<MetricPoint>& curve) {
  QualityWatch watch(std::move(limit));
  for (std::size_t points = 1; points <= curve.size(); ++points) {
    if (auto hopeless = watch.look(std::span(curve).first(points))) return hopeless;
  }
  return std::nullopt;
}

/// Comes to 0.8 at the end.
double rising(double share) { return 0.9 - 0.1 / std::sqrt(share); }

TEST(QualityWatch, speaks_where_the_curve_cannot_reach_the_limit) {
  const auto hopeless = said({"f1", true, 0.85}, told(rising, 0.5));
  ASSERT_TRUE(hopeless);
  EXPECT_NEAR(hopeless->foretold.value, 0.8, 0.01);
  EXPECT_LT(hopeless->foretold.high, 0.85);
  EXPECT_THAT(hopeless->reason,
              AllOf(HasSubstr("hopeless: after 35 % of the work its f1 is 0.731"),
                    HasSubstr("below 0.85 is clearly beyond the quality budget")));
}

TEST(QualityWatch, lets_a_run_go_on_that_may_still_get_there) {
  EXPECT_FALSE(said({"f1", true, 0.78}, told(rising, 1)));
}

TEST(QualityWatch, is_silent_as_long_as_it_is_too_early) {
  EXPECT_FALSE(said({"f1", true, 0.99}, told(rising, 0.2)));
  auto few = told(rising, 0.5);
  few.erase(few.begin(), few.begin() + 5);
  EXPECT_FALSE(said({"f1", true, 0.99}, few));
}

TEST(QualityWatch, lets_a_run_that_is_nearly_done_finish) {
  QualityWatch watch({"f1", true, 0.99});
  EXPECT_FALSE(watch.look(told(rising, 0.95)));
  EXPECT_FALSE(watch.look(told(rising, 1)));
}

TEST(QualityWatch, noise_that_leaves_it_open_is_no_reason) {
  auto noisy = told(rising, 0.4);
  for (std::size_t i = 0; i < noisy.size(); ++i) noisy[i].value += i % 2 ? 0.04 : -0.04;
  EXPECT_FALSE(said({"f1", true, 0.83}, noisy));
}

TEST(QualityWatch, one_look_alone_is_no_reason_and_neither_is_the_same_look_twice) {
  QualityWatch watch({"f1", true, 0.99});
  EXPECT_FALSE(watch.look(told(rising, 0.5)));
  EXPECT_FALSE(watch.look(told(rising, 0.5)));
  EXPECT_TRUE(watch.look(told(rising, 0.55)));
}

TEST(QualityWatch, where_lower_is_better_it_is_the_other_way_round) {
  const auto loss = [](double share) { return 1 - rising(share); };
  EXPECT_TRUE(said({"f1", false, 0.15}, told(loss, 0.5)));
  EXPECT_FALSE(said({"f1", false, 0.25}, told(loss, 0.5)));
}

TEST(QualityWatch, other_metrics_do_not_count) {
  EXPECT_FALSE(said({"accuracy", true, 0.99}, told(rising, 0.5)));
}

TEST(QualityWatch, thousands_of_points_come_to_the_same) {
  std::vector<MetricPoint> points;
  for (int step = 1; step <= 2500; ++step) {
    points.push_back({"f1", rising(step / 5000.0), step / 5000.0});
  }
  QualityWatch watch({"f1", true, 0.85});
  EXPECT_FALSE(watch.look(std::span(points).first(2400)));
  const auto hopeless = watch.look(points);
  ASSERT_TRUE(hopeless);
  EXPECT_NEAR(hopeless->foretold.value, 0.8, 0.01);
  EXPECT_THAT(hopeless->reason, HasSubstr("after 50 %"));
}

TEST(QualityWatch, what_curves_have_missed_before_is_granted) {
  EXPECT_TRUE(said({"f1", true, 0.85, 0.01}, told(rising, 0.9)));
  EXPECT_FALSE(said({"f1", true, 0.85, 0.1}, told(rising, 0.9)));
}

TEST(CurveGap, is_what_the_end_was_above_the_curve) {
  EXPECT_NEAR(curve_gap("f1", 0.8, told(rising, 1)).value(), 0, 0.005);
  EXPECT_NEAR(curve_gap("f1", 0.9, told(rising, 1)).value(), 0.1, 0.005);
  EXPECT_FALSE(curve_gap("f1", 0.8, told(rising, 0.2)));
  EXPECT_FALSE(curve_gap("accuracy", 0.8, told(rising, 1)));
}

TEST(CurveGap, is_kept_with_the_trial) {
  auto trial = trial_of({0}, completed({{"train", 1}}, 0.9));
  EXPECT_FALSE(curve_gap_note(trial));
  note_curve_gap(trial, -0.25);
  EXPECT_EQ(curve_gap_note(trial), -0.25);
}

TEST(ForetoldQuality, is_kept_with_the_trial_to_the_last_digit) {
  auto trial = trial_of({1}, failed("stopped"));
  EXPECT_FALSE(foretold_quality_note(trial));
  note_foretold_quality(trial, 0.1 + 0.2);
  EXPECT_EQ(foretold_quality_note(trial), 0.1 + 0.2);
}

}  // namespace
}  // namespace turngreen::explore
