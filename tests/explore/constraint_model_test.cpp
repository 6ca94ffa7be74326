#include "explore/constraint_model.h"

#include <gtest/gtest.h>

#include <array>

#include "toy_study.h"

namespace turngreen::explore {
namespace {

constexpr std::array kFull{1.0};
constexpr std::array kTenth{0.1, 1.0};

study::Trial measured(std::vector<knobs::Level> levels, double latency) {
  auto trial = trial_of(std::move(levels), completed({{"train", 10}}, 0.9));
  trial.outcome->metrics.push_back({"latency_ms", latency});
  return trial;
}

std::vector<double> probabilities(const study::Constraint& constraint,
                                  const std::vector<study::Trial>& trials,
                                  std::span<const double> fidelities = kFull) {
  const auto study = study_of(switches(2));
  const std::vector<knobs::Configuration> configurations{{{0, 0}}, {{1, 0}}, {{0, 1}}};
  return ConstraintModel(study.space, fidelities, observed_runs(study, fidelities, trials),
                         constraint)
      .probabilities(configurations);
}

const std::vector<study::Trial> kTrials{measured({0, 0}, 10), measured({1, 0}, 20),
                                        measured({0, 1}, 5), measured({0, 0}, 10)};

TEST(ConstraintModel, a_ceiling_is_kept_by_what_stayed_below_it) {
  const auto found = probabilities({"latency_ms", 14, std::nullopt}, kTrials);
  EXPECT_GT(found[0], 0.95);
  EXPECT_LT(found[1], 0.05);
  EXPECT_GT(found[2], 0.95);
}

TEST(ConstraintModel, a_floor_is_kept_by_what_stayed_above_it) {
  const auto found = probabilities({"latency_ms", std::nullopt, 7}, kTrials);
  EXPECT_GT(found[0], 0.95);
  EXPECT_GT(found[1], 0.95);
  EXPECT_LT(found[2], 0.05);
}

TEST(ConstraintModel, both_bounds_must_hold) {
  const auto found = probabilities({"latency_ms", 14, 7}, kTrials);
  EXPECT_GT(found[0], 0.9);
  EXPECT_LT(found[1], 0.05);
  EXPECT_LT(found[2], 0.05);
}

TEST(ConstraintModel, a_metric_that_was_0_is_modelled_as_it_is) {
  const auto found = probabilities({"latency_ms", 5, std::nullopt},
                                   {measured({0, 0}, 0), measured({1, 0}, 20), measured({0, 1}, 1),
                                    measured({0, 0}, 0), measured({1, 0}, 20)});
  EXPECT_GT(found[0], 0.95);
  EXPECT_LT(found[1], 0.05);
  EXPECT_GT(found[2], 0.8);
}

TEST(ConstraintModel, a_metric_that_no_run_told_binds_nothing) {
  EXPECT_EQ(probabilities({"latency_ms", 1, std::nullopt},
                          {trial_of({0, 0}, completed({{"train", 10}}, 0.9))}),
            (std::vector<double>{1, 1, 1}));
}

TEST(ConstraintModel, seconds_of_a_partial_run_are_brought_to_the_full_one) {
  const auto found = probabilities({"seconds", 50, std::nullopt},
                                   {trial_of({0, 0}, completed({{"train", 10}}, 0.9), 0.1),
                                    trial_of({0, 0}, completed({{"train", 100}}, 0.9)),
                                    trial_of({1, 0}, completed({{"train", 2}}, 0.9), 0.1)},
                                   kTenth);
  EXPECT_LT(found[0], 0.05);
  EXPECT_GT(found[1], 0.9);
}

TEST(ConstrainedMetric, is_what_the_pipeline_reported_or_what_the_run_took) {
  auto outcome = completed({{"train", 10}}, 0.9);
  EXPECT_EQ(constrained_metric(outcome, "score"), 0.9);
  EXPECT_EQ(constrained_metric(outcome, "seconds"), 10);
  EXPECT_EQ(constrained_metric(outcome, "peak_memory_mb"), std::nullopt);
  outcome.peak_memory_bytes = 250'000'000;
  EXPECT_EQ(constrained_metric(outcome, "peak_memory_mb"), 250);
  outcome.metrics.push_back({"seconds", 3});
  EXPECT_EQ(constrained_metric(outcome, "seconds"), 3);
}

}  // namespace
}  // namespace turngreen::explore
