#include <gtest/gtest.h>

#include <algorithm>

#include "toy_pipeline.h"
#include "turngreen/explore/tuner.h"

namespace turngreen::explore {
namespace {

using knobs::Configuration;
using study::Trial;

study::StudyFile toy() {
  auto study = study_of(switches(4));
  study.budget.trials = 32;
  return study;
}

ToyPipeline with_test_rows() {
  ToyPipeline pipeline(toy_truth, {0.1, 1.0});
  pipeline.test_rows = true;
  return pipeline;
}

/// Trials of a study to its end, with those on the test rows.
std::vector<Trial> tested(const study::StudyFile& study) {
  const auto pipeline = with_test_rows();
  return tuned(Tuner(study, pipeline, 1), toy_truth);
}

bool on_test_rows(const Trial& trial) { return trial.assignment.purpose == study::Purpose::test; }

TEST(DecisionFinishing, shows_the_test_rows_to_the_recommended_and_the_baseline_at_the_very_end) {
  const auto study = toy();
  const auto trials = tested(study);
  EXPECT_EQ(std::ranges::count_if(trials, on_test_rows), 2);
  const auto& recommended = trials[trials.size() - 2].assignment;
  const auto& baseline = trials.back().assignment;
  EXPECT_EQ(recommended.configuration, (Configuration{{1, 1, 0, 0}}));
  EXPECT_EQ(baseline.configuration, study.space.baseline());
  for (const auto& last : {recommended, baseline}) {
    EXPECT_EQ(last.purpose, study::Purpose::test);
    EXPECT_EQ(last.fidelity, 1);
    EXPECT_EQ(last.seed, recommended.seed);
  }
}

TEST(DecisionFinishing, what_the_test_rows_show_changes_nothing) {
  const auto study = toy();
  auto trials = tested(study);
  const auto pipeline = with_test_rows();
  const Tuner tuner(study, pipeline, 1);
  for (Trial& trial : trials) {
    if (on_test_rows(trial)) trial.outcome = completed({{"train", 1e6}}, 0.1);
  }
  auto without = trials;
  std::erase_if(without, on_test_rows);
  const auto before = tuner.after(without).recommendation();
  const auto after = tuner.after(trials).recommendation();
  EXPECT_EQ(after.configuration, before.configuration);
  EXPECT_EQ(after.saving.value, before.saving.value);
  EXPECT_EQ(after.probability_within_budget, before.probability_within_budget);
  EXPECT_EQ(after.full_runs, before.full_runs);
  EXPECT_TRUE(tuner.after(trials).rejections().empty());
}

TEST(DecisionFinishing, never_shows_the_test_rows_twice_even_where_a_run_on_them_failed) {
  const auto study = toy();
  auto trials = tested(study);
  trials.back().outcome = failed("exit status 1");
  const auto pipeline = with_test_rows();
  EXPECT_FALSE(Tuner(study, pipeline, 1).after(trials).next().assignment);
}

TEST(DecisionFinishing, test_rows_that_were_shown_to_another_configuration_are_used_up) {
  const auto study = toy();
  auto trials = tested(study);
  trials.pop_back();
  trials.back().assignment.configuration = {{0, 1, 0, 0}};
  const auto pipeline = with_test_rows();
  EXPECT_FALSE(Tuner(study, pipeline, 1).after(trials).next().assignment);
}

TEST(DecisionFinishing, the_test_rows_wait_for_runs_that_may_still_change_the_recommendation) {
  const auto study = toy();
  auto trials = tested(study);
  std::erase_if(trials, on_test_rows);
  const auto pipeline = with_test_rows();
  const Tuner tuner(study, pipeline, 1);
  EXPECT_EQ(tuner.after(trials).next().assignment->purpose, study::Purpose::test);
  trials.back().outcome.reset();
  const auto step = tuner.after(trials).next();
  EXPECT_TRUE(!step.assignment || step.assignment->purpose != study::Purpose::test);
}

TEST(DecisionFinishing, two_workers_share_the_two_runs_on_the_test_rows) {
  const auto study = toy();
  auto trials = tested(study);
  trials.pop_back();
  trials.back().outcome.reset();
  const auto pipeline = with_test_rows();
  const Tuner tuner(study, pipeline, 1);
  const auto second = tuner.after(trials).next().assignment.value();
  EXPECT_EQ(second.configuration, study.space.baseline());
  trials.push_back(trials.back());
  trials.back().assignment = second;
  EXPECT_FALSE(tuner.after(trials).next().assignment);
}

TEST(DecisionFinishing, without_anything_to_recommend_the_test_rows_are_left_alone) {
  const auto study = toy();
  const auto pipeline = with_test_rows();
  const auto trials = tuned(Tuner(study, pipeline, 1), [](const Configuration& on, double share) {
    double joules = 100 * share;
    for (const auto level : on.levels) joules *= level ? 1.5 : 1;
    return completed({{"train", joules}}, 0.9);
  });
  EXPECT_EQ(std::ranges::count_if(trials, on_test_rows), 0);
}

}  // namespace
}  // namespace turngreen::explore
