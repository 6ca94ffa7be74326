#include "explore/observed_run.h"

#include <gtest/gtest.h>

#include <array>
#include <limits>

#include "toy_study.h"

namespace turngreen::explore {
namespace {

constexpr std::array kFidelities{0.1, 0.5, 1.0};
const auto kRan = completed({{"train", 10}}, 0.9);

std::vector<ObservedRun> observed(const std::vector<study::Trial>& trials) {
  return observed_runs(study_of(switches(1)), kFidelities, trials);
}

TEST(ObservedRun, the_full_job_is_fidelity_0_and_the_others_are_numbered_from_1) {
  EXPECT_EQ(fidelity_index(1, kFidelities), 0);
  EXPECT_EQ(fidelity_index(0.1, kFidelities), 1);
  EXPECT_EQ(fidelity_index(0.5, kFidelities), 2);
}

TEST(ObservedRun, trials_that_run_are_left_out) {
  auto running = trial_of({1}, kRan);
  running.outcome.reset();
  EXPECT_EQ(observed({trial_of({0}, kRan), running}).size(), 1);
}

TEST(ObservedRun, a_run_without_a_finite_metric_did_not_complete) {
  auto silent = trial_of({1}, kRan);
  silent.outcome->metrics.clear();
  auto infinite = trial_of({1}, kRan);
  infinite.outcome->metrics = {{"score", std::numeric_limits<double>::infinity()}};
  const std::vector trials{trial_of({0}, kRan), silent, infinite, trial_of({1}, failed("no"))};
  const auto runs = observed(trials);
  EXPECT_TRUE(runs[0].completed);
  for (std::size_t i = 1; i < 4; ++i) EXPECT_FALSE(runs[i].completed) << i;
}

TEST(ObservedRun, what_the_guard_noted_comes_along) {
  auto rejected = trial_of({1}, kRan, 0.5);
  rejected.provenance.emplace_back("rejected", "always answers class 0");
  const std::vector trials{rejected};
  const auto run = observed(trials).front();
  EXPECT_EQ(run.rejected, "always answers class 0");
  EXPECT_EQ(run.fidelity, 2);
}

TEST(ObservedRuns, forgive_a_share_of_the_job_that_teaches_the_baseline_nothing) {
  const auto study = study_of(switches(1));
  constexpr std::array kTenth{0.1, 1.0};
  const auto constant = [](std::vector<knobs::Level> levels, double fidelity) {
    auto trial = trial_of(std::move(levels), kRan, fidelity);
    trial.provenance.emplace_back("rejected", "always answers class 0");
    trial.provenance.emplace_back("rejected_by", "guard");
    return trial;
  };
  const std::vector without{constant({1}, 0.1)};
  EXPECT_FALSE(observed_runs(study, kTenth, without).front().rejected.empty());

  auto no_effect = constant({1}, 0.1);
  no_effect.provenance = {{"rejected", "not in force"}, {"rejected_by", "proof"}};
  const std::vector with{constant({0}, 0.1), constant({1}, 0.1), constant({1}, 1), no_effect};
  const auto runs = observed_runs(study, kTenth, with);
  EXPECT_TRUE(runs[0].rejected.empty());
  EXPECT_TRUE(runs[1].rejected.empty());
  EXPECT_FALSE(runs[2].rejected.empty()) << "it had the whole job";
  EXPECT_FALSE(runs[3].rejected.empty()) << "another matter";
}

}  // namespace
}  // namespace turngreen::explore
