#include "turngreen/explore/comparison.h"

#include <gmock/gmock.h>

#include <cmath>

#include "explore/toy_study.h"
#include "explore/tuning_ai_green.h"

namespace turngreen::explore {
namespace {

using testing::ElementsAre;
using Kind = ComparedQuantity::Kind;

class Comparisons : public testing::Test {
 protected:
  void add(knobs::Level level, double train, double score) {
    auto outcome = completed({{"train", train}, {"evaluate", 10}}, score);
    outcome.metrics.push_back({"loss", 1 - score});
    trials.push_back(trial_of({level}, std::move(outcome)));
  }
  Comparison compared() const { return compare(study, trials, {{0}}, {{1}}); }

  study::StudyFile study = study_of(switches(1));
  std::vector<study::Trial> trials;
};

TEST_F(Comparisons, quantities_stand_in_order_energy_time_quality_metrics_stages) {
  add(0, 90, 0.9);
  add(1, 40, 0.9);
  std::vector<std::string> order;
  for (const auto& each : compared().quantities) {
    const char* kind = each.kind == Kind::energy ? "J" : each.kind == Kind::seconds ? "s" : "";
    order.push_back(each.name + each.stage + kind);
  }
  EXPECT_THAT(order,
              ElementsAre("J", "s", "score", "loss", "trainJ", "trains", "evaluateJ", "evaluates"));
}

TEST_F(Comparisons, repeats_tell_a_difference_from_scatter) {
  for (const double noise : {-1.0, 0.0, 1.0}) {
    add(0, 90 + noise, 0.90 + 0.01 * noise);
    add(1, 40 + noise, 0.905 + 0.01 * noise);
  }
  const auto found = compared();
  EXPECT_EQ(found.first_runs, 3u);
  const auto& energy = found.quantities[0];
  EXPECT_EQ(energy.significance, Significance::different);
  EXPECT_NEAR(*energy.difference, -50, 1e-9);
  EXPECT_NEAR(*energy.change, -0.5, 1e-9);
  EXPECT_TRUE(energy.interval->contains(-50));
  EXPECT_LT(*energy.p_value, 1e-3);
  const auto& score = found.quantities[2];
  EXPECT_EQ(score.significance, Significance::not_distinguishable);
  EXPECT_GT(*score.p_value, 0.05);
  EXPECT_FALSE(score.change);
}

TEST_F(Comparisons, one_run_each_borrows_the_scatter_of_the_others_or_cannot_be_tested) {
  study = study_of(switches(2));
  trials.push_back(trial_of({0, 0}, completed({{"train", 100}}, 0.9)));
  trials.push_back(trial_of({1, 0}, completed({{"train", 80}}, 0.9)));
  const auto alone = compare(study, trials, {{0, 0}}, {{1, 0}});
  EXPECT_EQ(alone.quantities[0].significance, Significance::not_testable);
  EXPECT_NEAR(*alone.quantities[0].difference, -20, 1e-9);
  EXPECT_FALSE(alone.quantities[0].interval);
  for (const double joules : {59.0, 60.0, 61.0}) {
    trials.push_back(trial_of({0, 1}, completed({{"train", joules}}, 0.9)));
  }
  const auto borrowed = compare(study, trials, {{0, 0}}, {{1, 0}});
  EXPECT_EQ(borrowed.quantities[0].significance, Significance::different);
  // The pool's two degrees of freedom stay two.
  const double error = 1.0 / 60 * std::hypot(100, 80);
  EXPECT_NEAR(borrowed.quantities[0].interval->high + 20, student_95(2) * error, 0.01);
}

TEST_F(Comparisons, what_one_side_was_not_measured_for_is_not_testable) {
  add(0, 90, 0.9);
  add(1, 40, 0.9);
  trials.back().outcome->energy.reset();
  const auto found = compared();
  EXPECT_FALSE(found.quantities[0].second);
  EXPECT_FALSE(found.quantities[0].difference);
  EXPECT_EQ(found.quantities[0].significance, Significance::not_testable);
}

TEST_F(Comparisons, a_configuration_that_was_never_run_has_no_runs) {
  add(0, 90, 0.9);
  EXPECT_EQ(compared().second_runs, 0u);
  EXPECT_EQ(compared().second_name, "a=on");
}

TEST(ComparisonsOfTheStudy, v7_takes_less_energy_and_its_f1_cannot_be_told_from_the_baselines) {
  const TuningAiGreen data;
  if (!data.there()) GTEST_SKIP() << data.folder() << " is not there; set TURNGREEN_TEST_DATA";
  const auto& space = data.study().space;
  const auto fp16 = space.configuration({{"fp16", knobs::Value("on")}}).value();
  const auto found = compare(data.study(), data.trials(), space.baseline(), fp16);
  EXPECT_EQ(found.first_name, "v0_baseline");
  EXPECT_EQ(found.quantities[0].significance, Significance::different);
  EXPECT_NEAR(*found.quantities[0].change, 0.404427 / 0.512019 - 1, 1e-4);
  EXPECT_EQ(found.quantities[2].name, "eval_f1");
  EXPECT_EQ(found.quantities[2].significance, Significance::not_distinguishable);
  EXPECT_FALSE(found.by_rows);
}

}  // namespace
}  // namespace turngreen::explore
