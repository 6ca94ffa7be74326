#include "explore/models.h"

#include <gtest/gtest.h>

#include <array>

#include "toy_study.h"

namespace turngreen::explore {
namespace {

using knobs::Configuration;

constexpr std::array kFull{1.0};
const Configuration kNone{{0, 0}};
const Configuration kA{{1, 0}};
const Configuration kBoth{{1, 1}};

/// a halves the energy and doubles the time; b fails.
std::vector<study::Trial> trials() {
  auto slow = completed({{"train", 50}}, 0.9);
  slow.time = units::seconds(200);
  return {trial_of({0, 0}, completed({{"train", 100}}, 0.9)), trial_of({1, 0}, slow),
          trial_of({0, 1}, failed("out of memory")),
          trial_of({0, 0}, completed({{"train", 100}}, 0.9))};
}

Models models_of(const study::StudyFile& study, const std::vector<study::Trial>& all) {
  return {study, kFull, observed_runs(study, kFull, all)};
}

TEST(Models, the_prospect_of_the_baseline_is_the_baseline) {
  const auto study = study_of(switches(2));
  const Prospect prospect = models_of(study, trials()).prospect(kNone);
  EXPECT_NEAR(prospect.objective.mean(), 1, 1e-9);
  EXPECT_NEAR(prospect.cost, 1, 1e-9);
  EXPECT_NEAR(prospect.within, 1, 1e-6);
  EXPECT_GT(prospect.succeeds, 0.95);
}

TEST(Models, with_energy_as_objective_cost_is_the_objective) {
  const auto study = study_of(switches(2));
  const Prospect prospect = models_of(study, trials()).prospect(kA);
  EXPECT_NEAR(prospect.objective.mean(), 0.5, 0.05);
  EXPECT_EQ(prospect.cost, prospect.objective.mean());
}

TEST(Models, with_energy_delay_as_objective_cost_stays_energy) {
  auto study = study_of(switches(2));
  study.objective = study::Objective::energy_delay;
  const auto models = models_of(study, trials());
  const Prospect prospect = models.prospect(kA);
  EXPECT_NEAR(prospect.objective.mean(), 1, 0.1);
  EXPECT_NEAR(prospect.cost, 0.5, 0.05);
  EXPECT_NEAR(models.energy().baseline().median(), 100, 2);
}

TEST(Models, carbon_and_cost_go_with_energy) {
  for (const auto objective : {study::Objective::carbon, study::Objective::cost}) {
    auto study = study_of(switches(2));
    study.objective = objective;
    EXPECT_NEAR(models_of(study, trials()).prospect(kA).objective.mean(), 0.5, 0.05);
  }
}

TEST(Models, what_failed_is_not_expected_to_succeed) {
  const auto study = study_of(switches(2));
  EXPECT_LT(models_of(study, trials()).prospect({{0, 1}}).succeeds, 0.1);
}

TEST(Models, constraints_lower_the_probability_of_being_within) {
  auto study = study_of(switches(2));
  EXPECT_GT(models_of(study, trials()).prospect(kA).within, 0.5);
  study.constraints = {{"seconds", 150.0, std::nullopt}};
  const auto models = models_of(study, trials());
  EXPECT_LT(models.prospect(kA).within, 0.05);
  EXPECT_GT(models.prospect(kNone).within, 0.95);
  EXPECT_LT(models.prospect(kA).clearly_within, 0.05);
}

TEST(Models, many_prospects_are_those_of_each) {
  const auto study = study_of(switches(2));
  const auto models = models_of(study, trials());
  const std::vector configurations{kA, kBoth};
  const auto all = models.prospects(configurations);
  for (std::size_t i = 0; i < 2; ++i) {
    const Prospect one = models.prospect(configurations[i]);
    EXPECT_DOUBLE_EQ(all[i].objective.mean(), one.objective.mean());
    EXPECT_DOUBLE_EQ(all[i].within, one.within);
    EXPECT_DOUBLE_EQ(all[i].succeeds, one.succeeds);
  }
}

TEST(Models, an_expected_outcome_shows_what_is_expected) {
  const auto study = study_of(switches(2));
  const auto outcome =
      models_of(study, trials()).expected_outcome({study::Purpose::explore, kA, 1, 0}, "score");
  EXPECT_EQ(outcome.ending, pipeline::Ending::completed);
  EXPECT_NEAR(outcome.energy->value.in_joules(), 50, 5);
  EXPECT_NEAR(outcome.metric("score").value(), 0.9, 0.005);
}

}  // namespace
}  // namespace turngreen::explore
