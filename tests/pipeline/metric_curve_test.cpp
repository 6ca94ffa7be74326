#include "pipeline/metric_curve.h"

#include <gtest/gtest.h>

namespace turngreen::pipeline {
namespace {

TEST(MetricCurve, a_metric_stands_at_the_share_of_the_work_that_is_done) {
  MetricCurve curve;
  curve.add_total("train", 200);
  curve.add_work("train", 50);
  curve.add_metric("f1", 0.5);
  curve.add_work("train", 100);
  curve.add_metric("f1", 0.7);
  ASSERT_EQ(curve.points().size(), 2U);
  EXPECT_EQ(curve.points()[0].name, "f1");
  EXPECT_EQ(curve.points()[0].value, 0.5);
  EXPECT_EQ(curve.points()[0].share, 0.25);
  EXPECT_EQ(curve.points()[1].share, 0.5);
}

TEST(MetricCurve, without_a_total_or_work_there_is_no_share_and_no_point) {
  MetricCurve curve;
  curve.add_work("train", 50);
  curve.add_metric("f1", 0.5);
  curve.add_total("train", 200);
  curve.add_metric("f1", 0.5);
  EXPECT_TRUE(curve.points().empty());
}

TEST(MetricCurve, the_stage_that_first_tells_a_total_is_the_work) {
  MetricCurve curve;
  curve.add_total("train", 100);
  curve.add_work("train", 10);
  curve.add_total("evaluate", 5);
  curve.add_work("evaluate", 5);
  curve.add_metric("f1", 0.5);
  EXPECT_EQ(curve.points()[0].share, 0.1);
}

TEST(MetricCurve, the_last_total_counts_and_more_work_than_that_is_all_of_it) {
  MetricCurve curve;
  curve.add_total("train", 100);
  curve.add_total("train", 40);
  curve.add_total("train", 0);
  curve.add_work("train", 50);
  curve.add_metric("f1", 0.5);
  EXPECT_EQ(curve.points()[0].share, 1);
}

TEST(MetricCurve, memory_is_bounded_and_the_newest_is_kept) {
  MetricCurve curve;
  curve.add_total("train", 1'000'000);
  for (std::uint64_t i = 1; i <= 100'000; ++i) {
    curve.add_work("train", i);
    curve.add_metric("f1", static_cast<double>(i));
  }
  EXPECT_LE(curve.points().size(), MetricCurve::kMostPoints);
  EXPECT_GE(curve.points().size(), MetricCurve::kMostPoints / 2);
  EXPECT_EQ(curve.points().front().value, 1);
  EXPECT_EQ(curve.points().back().value, 100'000);
}

}  // namespace
}  // namespace turngreen::pipeline
