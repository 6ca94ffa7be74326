#include "explore/standing.h"

#include <gtest/gtest.h>

#include <array>

#include "toy_study.h"

namespace turngreen::explore {
namespace {

using knobs::Level;
using study::Trial;

constexpr std::array kFull{1.0};
constexpr std::array kTenth{0.1, 1.0};

Trial ran(std::vector<Level> levels, double joules, double score, double fidelity = 1) {
  return trial_of(std::move(levels), completed({{"train", joules}}, score), fidelity);
}

Trial running(std::vector<Level> levels) {
  auto trial = ran(std::move(levels), 1, 1);
  trial.outcome.reset();
  return trial;
}

std::vector<Trial> repeated(std::size_t times, const std::vector<Trial>& trials) {
  std::vector<Trial> all;
  for (std::size_t i = 0; i < times; ++i) all.insert(all.end(), trials.begin(), trials.end());
  return all;
}

TEST(Standing, counts_what_was_run_and_what_it_cost) {
  const auto study = study_of(switches(2));
  auto trials = std::vector{ran({0, 0}, 100, 0.9), ran({1, 0}, 5, 0.9, 0.1),
                            trial_of({0, 1}, failed("no")), ran({1, 0}, 50, 0.9)};
  trials.push_back(running({1, 1}));
  const Standing standing(study, kTenth, trials);
  EXPECT_EQ(standing.trials(), 5);
  EXPECT_NEAR(standing.spent().in_joules(), 155, 1e-9);
  EXPECT_NEAR(standing.time().in_seconds(), 155, 1e-9);
  const Record* a = standing.find({{1, 0}});
  ASSERT_NE(a, nullptr);
  EXPECT_EQ(a->full(), 1);
  EXPECT_EQ(a->completed[1], 1);
  EXPECT_EQ(a->attempts, 2);
  EXPECT_EQ(standing.find({{0, 1}})->failed, 1);
  EXPECT_FALSE(standing.find({{0, 1}})->seen());
  EXPECT_EQ(standing.find({{1, 1}})->running, 1);
  EXPECT_FALSE(standing.find({{1, 1}})->seen()) << "what is expected of it was not seen";
}

TEST(Standing, of_nothing_knows_nothing) {
  const auto study = study_of(switches(2));
  const Standing standing(study, kFull, {});
  EXPECT_EQ(standing.find({{0, 0}}), nullptr);
  EXPECT_TRUE(standing.incumbent(kLikelyWithin).baseline);
  EXPECT_EQ(standing.spent(), units::Energy());
}

TEST(Standing, the_incumbent_is_the_best_that_keeps_the_quality_budget) {
  const auto study = study_of(switches(2));
  const Standing standing(
      study, kFull,
      repeated(3, {ran({0, 0}, 100, 0.9), ran({1, 0}, 60, 0.9), ran({0, 1}, 30, 0.85)}));
  const auto incumbent = standing.incumbent(kLikelyWithin);
  EXPECT_FALSE(incumbent.baseline);
  EXPECT_EQ(incumbent.configuration, (knobs::Configuration{{1, 0}}));
  EXPECT_NEAR(incumbent.level, 0.6, 0.03);
}

TEST(Standing, a_rejected_configuration_is_no_incumbent) {
  const auto study = study_of(switches(2));
  auto trials = repeated(3, {ran({0, 0}, 100, 0.9), ran({1, 0}, 60, 0.9)});
  trials.back().provenance.emplace_back("rejected", "a was not in force");
  const Standing standing(study, kFull, trials);
  EXPECT_TRUE(standing.incumbent(kLikelyWithin).baseline);
  EXPECT_TRUE(standing.find({{1, 0}})->rejected);
}

TEST(Standing, an_incumbent_has_a_full_run_while_the_provisional_level_does_without) {
  const auto study = study_of(switches(2));
  const Standing standing(study, kTenth,
                          repeated(3, {ran({0, 0}, 10, 0.8, 0.1), ran({1, 0}, 5, 0.8, 0.1)}));
  EXPECT_TRUE(standing.incumbent(kLikelyWithin).baseline);
  EXPECT_LT(standing.provisional_level(), 0.6);
}

TEST(Standing, a_running_trial_counts_as_what_is_expected_of_it) {
  const auto study = study_of(switches(2));
  const std::vector before{ran({0, 0}, 100, 0.9), ran({1, 0}, 50, 0.9)};
  auto during = before;
  during.push_back(running({0, 1}));
  const auto spread = [&](const std::vector<Trial>& trials) {
    return Standing(study, kFull, trials).models().prospect({{0, 1}}).objective.log_deviation;
  };
  EXPECT_LT(spread(during), spread(before));
}

}  // namespace
}  // namespace turngreen::explore
