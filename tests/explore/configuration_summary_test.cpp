#include "turngreen/explore/configuration_summary.h"

#include <gmock/gmock.h>

#include <chrono>

#include "explore/toy_study.h"
#include "explore/tuning_ai_green.h"
#include "turngreen/explore/trial_notes.h"

namespace turngreen::explore {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::UnorderedElementsAre;

/// Knobs a and b; the baseline takes 100 J and scores 0.9.
class Summaries : public testing::Test {
 protected:
  void add(std::vector<knobs::Level> levels, double train, double evaluate, double score,
           std::uint64_t seed = 0) {
    auto trial =
        trial_of(std::move(levels), completed({{"train", train}, {"evaluate", evaluate}}, score));
    trial.number = static_cast<std::int64_t>(trials.size()) + 1;
    trial.assignment.seed = seed;
    trials.push_back(std::move(trial));
  }
  std::vector<ConfigurationSummary> summaries() const {
    return summarise_configurations(study, trials);
  }

  study::StudyFile study = study_of(switches(2));
  std::vector<study::Trial> trials;
};

TEST_F(Summaries, the_baseline_comes_first_then_the_order_of_the_first_run) {
  add({1, 0}, 50, 10, 0.9);
  add({0, 0}, 90, 10, 0.9);
  add({0, 1}, 70, 10, 0.9);
  add({1, 0}, 50, 10, 0.9);
  const auto found = summaries();
  ASSERT_EQ(found.size(), 3u);
  EXPECT_TRUE(found[0].is_baseline);
  EXPECT_EQ(found[0].name, "baseline");
  EXPECT_EQ(found[1].name, "a=on");
  EXPECT_THAT(found[1].trials, ElementsAre(1, 4));
  EXPECT_EQ(found[2].name, "b=on");
}

TEST_F(Summaries, change_and_quadrant_are_against_the_baseline) {
  add({0, 0}, 90, 10, 0.9);
  add({1, 0}, 40, 20, 0.9);
  trials.back().outcome->time = units::seconds(200);
  const auto found = summaries();
  EXPECT_NEAR(found[1].change.energy->value, -0.4, 1e-12);
  EXPECT_NEAR(found[1].change.seconds->value, 1.0, 1e-12);
  EXPECT_EQ(found[1].change.quadrant, Quadrant::saves_energy_only);
  EXPECT_EQ(found[1].stages[1].change.quadrant, Quadrant::costs_both);
  EXPECT_EQ(found[0].change.quadrant, Quadrant::baseline);
}

TEST_F(Summaries, without_any_repeat_there_is_no_interval) {
  add({0, 0}, 90, 10, 0.9);
  add({1, 0}, 40, 10, 0.9);
  EXPECT_FALSE(summaries()[1].energy->interval);
  EXPECT_FALSE(summaries()[1].change.energy->interval);
}

TEST_F(Summaries, a_single_run_borrows_the_relative_scatter_of_the_others) {
  for (const double noise : {-2.0, 0.0, 2.0}) add({0, 0}, 90 + noise, 10, 0.9);
  add({1, 0}, 45, 5, 0.9);
  const auto found = summaries();
  const auto& baseline = *found[0].energy;
  const auto& single = *found[1].energy;
  ASSERT_TRUE(single.interval);
  // Half the energy, half the scatter; one run instead of three.
  EXPECT_NEAR(single.standard_error, baseline.standard_error * std::sqrt(3.0) / 2, 1e-3);
  const auto& change = *found[1].change.energy;
  EXPECT_LT(change.interval->low, -0.5);
  EXPECT_GT(change.interval->high, -0.5);
  EXPECT_LT(change.interval->high, -0.4);
}

TEST_F(Summaries, what_was_not_measured_is_absent) {
  add({0, 0}, 90, 10, 0.9);
  add({1, 0}, 40, 10, 0.9);
  trials.back().outcome->energy.reset();
  const auto found = summaries();
  EXPECT_FALSE(found[1].energy);
  EXPECT_TRUE(found[1].stages.empty());
  EXPECT_FALSE(found[1].change.energy);
  EXPECT_FALSE(found[1].change.quadrant);
  EXPECT_EQ(found[1].status, Status::set_aside);
  EXPECT_THAT(found[1].reason, HasSubstr("not measured"));
}

TEST_F(Summaries, the_frontier_is_what_no_sound_configuration_beats) {
  add({0, 0}, 90, 10, 0.90);
  add({1, 0}, 40, 10, 0.89);
  add({0, 1}, 50, 10, 0.88);
  add({1, 1}, 20, 10, 0.80);
  const auto found = summaries();
  EXPECT_EQ(found[0].status, Status::frontier);
  EXPECT_EQ(found[1].status, Status::frontier);
  EXPECT_EQ(found[2].status, Status::dominated);
  EXPECT_THAT(found[2].reason, HasSubstr("a=on takes 50.00 J where this takes 60.00 J"));
  EXPECT_EQ(found[3].status, Status::frontier);
}

TEST_F(Summaries, lower_may_be_better) {
  study.quality.higher_is_better = false;
  add({0, 0}, 90, 10, 0.90);
  add({1, 0}, 40, 10, 0.95);
  add({0, 1}, 50, 10, 0.97);
  EXPECT_EQ(summaries()[2].status, Status::dominated);
}

TEST_F(Summaries, what_the_guard_rejected_is_degenerate_and_beats_nothing) {
  add({0, 0}, 90, 10, 0.9);
  add({1, 0}, 10, 10, 0.95);
  note_rejection(trials.back(), "always answers class 0");
  const auto found = summaries();
  EXPECT_EQ(found[1].status, Status::degenerate);
  EXPECT_EQ(found[1].reason, "always answers class 0");
  EXPECT_EQ(found[0].status, Status::frontier);
}

TEST_F(Summaries, a_knob_that_was_not_in_force_sets_aside) {
  add({0, 0}, 90, 10, 0.9);
  add({1, 0}, 10, 10, 0.9);
  add({1, 0}, 10, 10, 0.9);
  trials.back().outcome->effective = {{"a", "off"}};
  note_rejection(trials.back(), study, trials);
  const auto found = summaries();
  EXPECT_EQ(found[1].status, Status::set_aside);
  EXPECT_THAT(found[1].reason, HasSubstr("(in 1 of 2 runs)"));
}

TEST_F(Summaries, partial_and_failed_runs_are_told_apart) {
  add({0, 0}, 90, 10, 0.9);
  trials.push_back(trial_of({1, 0}, completed({{"train", 10}}, 0.5), 0.1));
  trials.push_back(trial_of({0, 1}, failed("out of memory")));
  const auto found = summaries();
  EXPECT_EQ(found[1].status, Status::set_aside);
  EXPECT_THAT(found[1].reason, HasSubstr("0.1 of the job"));
  EXPECT_EQ(found[1].full_runs, 0u);
  EXPECT_FALSE(found[1].energy);
  EXPECT_EQ(found[2].status, Status::failed);
  EXPECT_THAT(found[2].reason, HasSubstr("out of memory"));
}

TEST_F(Summaries, runs_on_the_test_rows_are_left_out) {
  add({0, 0}, 90, 10, 0.9);
  add({0, 0}, 190, 10, 0.5);
  trials.back().assignment.purpose = study::Purpose::test;
  EXPECT_EQ(summaries()[0].runs, 1u);
}

TEST_F(Summaries, two_groups_of_repeats_are_marked) {
  for (const double energy : {100.0, 100.1, 130.0, 130.1}) add({1, 0}, energy, 0.1, 0.9);
  EXPECT_TRUE(summaries()[0].two_groups);
}

/// The metric is a bare f1, of which 900 in 1000 rows make a constant predictor's 0.8526...
class ConstantScores : public Summaries {
 protected:
  static constexpr double kConstant = 2 * 0.9 * 0.9 / 1.9;
  ConstantScores() { study.quality.metric = "eval_f1"; }
  void add_scored(std::vector<knobs::Level> levels, double f1, std::uint64_t seed) {
    add(std::move(levels), 50, 10, f1, seed);
    trials.back().outcome->metrics = {
        {"eval_f1", f1}, {"eval_runtime", 10.0041}, {"eval_samples_per_second", 99.959}};
  }
};

TEST_F(ConstantScores, one_run_at_the_constant_makes_a_configuration_degenerate) {
  add_scored({0, 0}, 0.97311, 0);
  add_scored({1, 0}, 0.96012, 0);
  add_scored({1, 0}, kConstant, 1);
  const auto found = summaries();
  EXPECT_EQ(found[1].status, Status::degenerate);
  EXPECT_THAT(found[1].reason, HasSubstr("in 1 of 2 full runs"));
  EXPECT_THAT(found[1].reason, HasSubstr("100 of 1000 rows"));
}

TEST_F(ConstantScores, once_the_class_sizes_are_known_what_scores_no_more_is_degenerate_too) {
  add_scored({0, 0}, 0.97311, 0);
  add_scored({1, 0}, kConstant, 0);
  add_scored({0, 1}, kConstant - 0.01, 0);
  add_scored({1, 1}, kConstant + 0.01, 0);
  const auto found = summaries();
  EXPECT_EQ(found[2].status, Status::degenerate);
  EXPECT_THAT(found[2].reason, HasSubstr("not above the 0.852632"));
  EXPECT_NE(found[3].status, Status::degenerate);
}

TEST_F(ConstantScores, beside_a_baseline_at_the_constant_nothing_is_called_degenerate) {
  add_scored({0, 0}, kConstant, 0);
  add_scored({1, 0}, kConstant, 0);
  const auto found = summaries();
  EXPECT_NE(found[0].status, Status::degenerate);
  EXPECT_THAT(found[0].reason, HasSubstr("the baseline has not learned"));
  EXPECT_NE(found[1].status, Status::degenerate);
}

TEST_F(ConstantScores, without_the_rows_two_seeds_must_score_it) {
  add_scored({0, 0}, 0.97311, 0);
  add_scored({1, 0}, kConstant, 0);
  for (auto& trial : trials) trial.outcome->metrics.resize(1);
  EXPECT_NE(summaries()[1].status, Status::degenerate);
  add_scored({1, 0}, kConstant, 1);
  trials.back().outcome->metrics.resize(1);
  EXPECT_EQ(summaries()[1].status, Status::degenerate);
}

TEST_F(Summaries, ten_thousand_trials_take_less_than_a_second) {
  study = study_of(switches(13));
  for (unsigned i = 0; i < 10'000; ++i) {
    std::vector<knobs::Level> levels;
    for (unsigned bit = 0; bit < 13; ++bit)
      levels.push_back(static_cast<knobs::Level>(i / 2 >> bit & 1));
    add(std::move(levels), 50 + i % 97, 10, 0.9 + 1e-5 * (i % 89));
  }
  const auto before = std::chrono::steady_clock::now();
  EXPECT_EQ(summaries().size(), 5000u);
  // Ten times what it takes: only a loop over all pairs would not pass.
  EXPECT_LT(std::chrono::steady_clock::now() - before, std::chrono::seconds(5));
}

TEST(SummariesOfTheStudy, find_v2_v24_and_v30_degenerate_and_no_other) {
  const TuningAiGreen data;
  if (!data.there()) GTEST_SKIP() << data.folder() << " is not there; set TURNGREEN_TEST_DATA";
  const auto found = summarise_configurations(data.study(), data.trials());
  ASSERT_EQ(found.size(), 31u);
  std::vector<std::string> degenerate;
  std::vector<std::string> groups;
  for (const auto& each : found) {
    if (each.status == Status::degenerate) degenerate.push_back(data.index(each.name));
    if (each.two_groups) groups.push_back(data.index(each.name));
    EXPECT_TRUE(each.energy->interval) << each.name;
  }
  EXPECT_THAT(degenerate, UnorderedElementsAre("v2", "v24", "v30"));
  EXPECT_THAT(groups, ElementsAre("v5"));
  const auto reason_of = [&](const std::string& name) {
    const auto at = std::ranges::find_if(
        found, [&](const auto& each) { return data.index(each.name) == name; });
    return at->reason;
  };
  EXPECT_THAT(reason_of("v2"), HasSubstr("in 4 of 4 full runs with 4 seeds"));
  EXPECT_THAT(reason_of("v2"), HasSubstr("1026 of 33050 rows"));
  EXPECT_THAT(reason_of("v24"), HasSubstr("in 3 of 3 full runs, not above the 0.953679"));
}

}  // namespace
}  // namespace turngreen::explore
