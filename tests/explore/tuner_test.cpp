#include "turngreen/explore/tuner.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <map>
#include <set>

#include "toy_pipeline.h"

namespace turngreen::explore {
namespace {

using knobs::Configuration;
using study::Trial;
using testing::HasSubstr;

const ToyPipeline kFull(toy_truth, {1.0});
const ToyPipeline kTenth(toy_truth, {0.1, 1.0});
const Configuration kBest{{1, 1, 0, 0}};

study::StudyFile toy(std::size_t trials = 32) {
  auto study = study_of(switches(4));
  study.budget.trials = trials;
  return study;
}

std::size_t runs_of(const std::vector<Trial>& trials, const Configuration& configuration) {
  return static_cast<std::size_t>(std::ranges::count_if(
      trials, [&](const Trial& trial) { return trial.assignment.configuration == configuration; }));
}

TEST(Tuner, recommends_the_best_configuration_within_the_quality_budget) {
  const auto study = toy();
  for (const std::uint64_t seed : {1U, 2U, 3U}) {
    const Tuner tuner(study, kFull, seed);
    const auto trials = tuned(tuner, toy_truth);
    EXPECT_LE(trials.size(), 32);
    const auto found = tuner.after(trials).recommendation();
    EXPECT_EQ(study.space.describe(found.configuration), study.space.describe(kBest));
    EXPECT_TRUE(found.better_than_baseline);
    EXPECT_NEAR(found.saving.value, 0.52, 0.02);
    EXPECT_LE(found.saving.low, found.saving.value);
    EXPECT_GE(found.saving.high, found.saving.value);
    EXPECT_NEAR(found.quality->value, 0.899, 0.003);
    EXPECT_GE(found.full_runs, study.verification_runs);
    EXPECT_NEAR(found.baseline_energy->value.in_joules(), 100, 2);
  }
}

TEST(Tuner, recommends_the_baseline_where_nothing_is_better) {
  const auto study = toy();
  const Tuner tuner(study, kFull, 1);
  const auto trials = tuned(tuner, [](const Configuration& configuration, double) {
    double joules = 100;
    for (const auto level : configuration.levels) joules *= level ? 1.5 : 1;
    return completed({{"train", joules}}, 0.9);
  });
  const auto found = tuner.after(trials).recommendation();
  EXPECT_FALSE(found.better_than_baseline);
  EXPECT_TRUE(study.space.is_baseline(found.configuration));
}

TEST(Tuner, what_comes_next_depends_on_the_trials_so_far_alone) {
  const auto study = toy();
  const auto trials = tuned(Tuner(study, kFull, 5), toy_truth);
  for (std::size_t count = 0; count < trials.size(); ++count) {
    const std::vector<Trial> before(trials.begin(),
                                    trials.begin() + static_cast<std::ptrdiff_t>(count));
    EXPECT_EQ(Tuner(study, kFull, 5).after(before).next().assignment, trials[count].assignment)
        << "after " << count;
  }
}

TEST(Tuner, never_suggests_again_what_failed) {
  const auto study = toy();
  const Truth truth = [](const Configuration& configuration, double fidelity) {
    return configuration.levels[0] && configuration.levels[1] ? failed("out of memory")
                                                              : toy_truth(configuration, fidelity);
  };
  const Tuner tuner(study, kFull, 1);
  const auto trials = tuned(tuner, truth);
  EXPECT_GE(runs_of(trials, kBest), 1) << "else this shows nothing";
  for (const auto& trial : trials) {
    if (trial.outcome->ending != pipeline::Ending::failed) continue;
    EXPECT_EQ(runs_of(trials, trial.assignment.configuration), 1);
  }
  EXPECT_EQ(tuner.after(trials).recommendation().configuration, (Configuration{{1, 0, 0, 0}}));
}

TEST(Tuner, never_suggests_what_the_pipeline_cannot_run) {
  const auto study = toy();
  ToyPipeline pipeline(toy_truth, {1.0});
  pipeline.impossible = kBest;
  const Tuner tuner(study, pipeline, 1);
  const auto trials = tuned(tuner, toy_truth);
  EXPECT_EQ(runs_of(trials, kBest), 0);
  EXPECT_EQ(tuner.after(trials).recommendation().configuration, (Configuration{{1, 0, 0, 0}}));
}

TEST(Tuner, never_recommends_what_was_rejected_and_says_why) {
  const auto study = toy();
  const Tuner tuner(study, kFull, 1);
  auto trials = tuned(tuner, toy_truth);
  const auto winner = std::ranges::find_if(
      trials, [](const Trial& trial) { return trial.assignment.configuration == kBest; });
  ASSERT_NE(winner, trials.end());
  winner->provenance.emplace_back("rejected", "always answers class 0");
  const Outlook outlook = tuner.after(trials);
  EXPECT_NE(outlook.recommendation().configuration, kBest);
  ASSERT_EQ(outlook.rejections().size(), 1);
  EXPECT_EQ(outlook.rejections()[0].configuration, kBest);
  EXPECT_EQ(outlook.rejections()[0].reason, "always answers class 0");
  const auto next = outlook.next().assignment;
  EXPECT_TRUE(!next || next->configuration != kBest);
}

TEST(Tuner, keeps_to_the_number_of_trials) {
  for (const std::size_t most : {std::size_t{4}, std::size_t{7}}) {
    const auto study = toy(most);
    EXPECT_LE(tuned(Tuner(study, kFull, 1), toy_truth).size(), most);
  }
}

TEST(Tuner, keeps_to_the_energy) {
  for (const double joules : {250.0, 600.0}) {
    auto study = toy(60);
    study.budget.energy = units::joules(joules);
    const auto trials = tuned(Tuner(study, kFull, 1), toy_truth);
    EXPECT_LE(study::spent(trials).in_joules(), joules) << joules;
    EXPECT_GE(trials.size(), 1);
  }
}

TEST(Tuner, keeps_to_the_energy_in_baseline_runs) {
  auto study = toy(60);
  study.budget.baselines = 6;
  const auto trials = tuned(Tuner(study, kFull, 1), toy_truth);
  EXPECT_LE(study::spent(trials).in_joules(), 600);
  EXPECT_GT(study::spent(trials).in_joules(), 150);
}

TEST(Tuner, begins_nothing_when_the_time_is_up) {
  auto study = toy();
  study.budget.time = units::seconds(100);
  const Tuner tuner(study, kFull, 1);
  const std::vector trials{trial_of({0, 0, 0, 0}, toy_truth({{0, 0, 0, 0}}, 1))};
  EXPECT_EQ(tuner.after(trials).next().assignment, std::nullopt);
}

TEST(Tuner, ends_with_the_reason_when_the_baseline_fails_twice) {
  const auto study = toy();
  const Tuner tuner(study, kFull, 1);
  const auto trials = tuned(tuner, [](const auto&, double) { return failed("exit status 7"); });
  EXPECT_EQ(trials.size(), 2);
  EXPECT_THAT(tuner.after(trials).next().reason,
              testing::AllOf(HasSubstr("baseline failed twice"), HasSubstr("exit status 7")));
}

TEST(Tuner, ends_with_the_reason_when_the_baseline_is_degenerate) {
  const auto study = toy();
  auto baseline = trial_of({0, 0, 0, 0}, toy_truth({{0, 0, 0, 0}}, 1));
  baseline.provenance.emplace_back("rejected", "always answers class 0");
  const Step step = Tuner(study, kFull, 1).after({baseline}).next();
  EXPECT_EQ(step.assignment, std::nullopt);
  EXPECT_THAT(step.reason, HasSubstr("always answers class 0"));
}

TEST(Tuner, waits_for_the_baseline_that_another_worker_runs) {
  const auto study = toy();
  const Tuner tuner(study, kFull, 1);
  Trial running;
  running.assignment = *tuner.after({}).next().assignment;
  EXPECT_EQ(tuner.after({running}).next().assignment, std::nullopt);
}

TEST(Tuner, gives_two_workers_different_configurations) {
  const auto study = toy();
  const Tuner tuner(study, kFull, 1);
  std::vector trials{trial_of({0, 0, 0, 0}, toy_truth({{0, 0, 0, 0}}, 1))};
  for (int worker = 0; worker < 2; ++worker) {
    Trial running;
    running.assignment = tuner.after(trials).next().assignment.value();
    trials.push_back(running);
  }
  EXPECT_NE(trials[1].assignment.configuration, trials[2].assignment.configuration);
}

TEST(Tuner, runs_of_the_same_count_have_the_same_seed) {
  const auto study = toy();
  const auto trials = tuned(Tuner(study, kFull, 3), toy_truth);
  std::map<Configuration, std::vector<std::uint64_t>> seeds;
  for (const auto& trial : trials) {
    seeds[trial.assignment.configuration].push_back(trial.assignment.seed);
  }
  ASSERT_GT(seeds.size(), 1);
  for (const auto& [configuration, own] : seeds) {
    EXPECT_EQ(own.front(), trials.front().assignment.seed);
    EXPECT_EQ(std::set(own.begin(), own.end()).size(), own.size());
  }
}

TEST(Tuner, with_fidelity_begins_at_the_lowest_and_verifies_in_full) {
  const auto study = toy();
  const Tuner tuner(study, kTenth, 1);
  const auto trials = tuned(tuner, toy_truth);
  EXPECT_EQ(trials.front().assignment.fidelity, 0.1);
  const auto found = tuner.after(trials).recommendation();
  EXPECT_EQ(found.configuration, kBest);
  EXPECT_GE(found.full_runs, study.verification_runs);
  EXPECT_GE(found.baseline_full_runs, 1);
  for (const auto& trial : trials) {
    if (trial.assignment.purpose == study::Purpose::verify) {
      EXPECT_EQ(trial.assignment.fidelity, 1);
    }
  }
}

TEST(Tuner, partial_runs_make_a_study_cheaper) {
  const auto study = toy();
  const auto full = tuned(Tuner(study, kFull, 1), toy_truth);
  const auto partial = tuned(Tuner(study, kTenth, 1), toy_truth);
  EXPECT_LT(study::spent(partial), study::spent(full));
}

TEST(Tuner, partial_runs_that_cost_as_much_as_full_ones_are_given_up) {
  const auto study = toy();
  const auto trials =
      tuned(Tuner(study, kTenth, 1),
            [](const Configuration& configuration, double) { return toy_truth(configuration, 1); });
  // The first full runs tell.
  std::size_t full = 0;
  for (const auto& trial : trials) {
    if (trial.assignment.fidelity < 1) {
      EXPECT_LT(full, 2);
    } else {
      ++full;
    }
  }
  EXPECT_GE(full, 3);
}

TEST(Tuner, keeps_what_a_constraint_asks) {
  auto study = toy();
  study.constraints = {{"latency_ms", 10.0, std::nullopt}};
  const Truth truth = [](const Configuration& configuration, double fidelity) {
    auto outcome = toy_truth(configuration, fidelity);
    outcome.metrics.push_back({"latency_ms", configuration.levels[0] ? 30.0 : 5.0});
    return outcome;
  };
  const Tuner tuner(study, kFull, 1);
  EXPECT_EQ(tuner.after(tuned(tuner, truth)).recommendation().configuration,
            (Configuration{{0, 1, 0, 0}}));
}

TEST(Tuner, lets_nothing_run_far_beyond_the_best_known) {
  const auto study = toy();
  const Tuner tuner(study, kFull, 1);
  const auto trials = tuned(tuner, toy_truth);
  const auto limit =
      tuner.after(trials).hopeless_beyond({study::Purpose::explore, {{0, 0, 0, 1}}, 1, 0});
  ASSERT_TRUE(limit.has_value());
  EXPECT_GT(limit->in_joules(), 48);
  EXPECT_LT(limit->in_joules(), 90);
  const study::Assignment baseline{study::Purpose::baseline, study.space.baseline(), 1, 0};
  EXPECT_EQ(tuner.after(trials).hopeless_beyond(baseline), std::nullopt);
}

TEST(Tuner, only_what_explores_may_be_hopeless_in_quality) {
  const auto study = toy();
  const Tuner tuner(study, kFull, 1);
  auto baseline = trial_of({0, 0, 0, 0}, toy_truth(kBest, 1));
  EXPECT_FALSE(tuner.after({baseline}).hopeless_quality({study::Purpose::explore, kBest, 1, 1}))
      << "nothing is known of learning curves";
  baseline.provenance = {{"curve_gap", "-0.02"}};
  const std::vector<Trial> trials{baseline};
  const auto outlook = tuner.after(trials);
  const auto limit = [&](study::Purpose purpose) {
    return outlook.hopeless_quality({purpose, kBest, 1, 1});
  };
  ASSERT_TRUE(limit(study::Purpose::explore));
  EXPECT_EQ(limit(study::Purpose::explore)->metric, "score");
  EXPECT_EQ(limit(study::Purpose::explore)->allowance, 0.02);
  EXPECT_LE(limit(study::Purpose::explore)->worst, 0.899 - 0.02 + 1e-9);
  for (const auto purpose :
       {study::Purpose::baseline, study::Purpose::verify, study::Purpose::test}) {
    EXPECT_FALSE(limit(purpose));
  }
}

}  // namespace
}  // namespace turngreen::explore
