#include "report/quality_metric.h"

#include <gmock/gmock.h>

namespace turngreen::report {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::optional<QualityMetric> chosen(const std::vector<std::vector<pipeline::Metric>>& runs,
                                    std::string_view asked = {}) {
  return choose_quality(runs, asked).value();
}

TEST(QualityMetric, a_score_is_taken_never_a_loss_or_a_time) {
  const auto quality = chosen({{{"eval_loss", 0.1},
                                {"eval_f1", 0.9},
                                {"eval_runtime", 3},
                                {"eval_steps_per_second", 5},
                                {"epoch", 1}}});
  EXPECT_EQ(quality->name, "eval_f1");
  EXPECT_TRUE(quality->higher_is_better);
  EXPECT_EQ(quality->why, "the only score that all runs have");
  EXPECT_FALSE(chosen({{{"eval_loss", 0.1}, {"runtime", 3}}}));
  EXPECT_FALSE(chosen({{}, {}}));
}

TEST(QualityMetric, among_several_macro_f1_of_the_test_rows_comes_first) {
  const auto quality =
      chosen({{{"accuracy", 1}, {"test_accuracy", 1}, {"test_macro_f1", 1}, {"train_f1", 1}}});
  EXPECT_EQ(quality->name, "test_macro_f1");
  EXPECT_THAT(quality->others, ElementsAre("test_accuracy", "accuracy", "train_f1"));
  EXPECT_THAT(quality->why, HasSubstr("before test_accuracy"));
}

TEST(QualityMetric, one_that_all_runs_have_comes_before_a_better_one_that_some_lack) {
  EXPECT_EQ(chosen({{{"f1", 1}, {"accuracy", 1}}, {{"accuracy", 1}}})->name, "accuracy");
  const auto quality = chosen({{{"f1", 1}}, {{"f1", 1}}, {}});
  EXPECT_EQ(quality->lacking, 1U);
  EXPECT_EQ(quality->why, "the score that most runs have");
}

TEST(QualityMetric, what_is_asked_for_is_taken_and_a_loss_is_better_lower) {
  const auto quality = chosen({{{"eval_loss", 1}, {"eval_f1", 1}}}, "eval_loss");
  EXPECT_EQ(quality->name, "eval_loss");
  EXPECT_FALSE(quality->higher_is_better);
  const std::vector<std::vector<pipeline::Metric>> runs{{{"eval_f1", 1}}};
  EXPECT_THAT(choose_quality(runs, "evl_f1").error().message, HasSubstr("did you mean 'eval_f1'?"));
}

}  // namespace
}  // namespace turngreen::report
