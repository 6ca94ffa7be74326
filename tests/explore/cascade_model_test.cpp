#include "explore/cascade_model.h"

#include <gtest/gtest.h>

#include <array>

#include "toy_study.h"

namespace turngreen::explore {
namespace {

using knobs::Level;
using study::Trial;

constexpr std::array kFull{1.0};
constexpr std::array kTenth{0.1, 1.0};

/// Training: a factor for each of the three knobs, and one for the first two together. Evaluation:
/// the third alone.
std::vector<std::pair<std::string, double>> cascade(const std::vector<Level>& levels) {
  const double train = 80 * (levels[0] ? 0.5 : 1) * (levels[1] ? 0.7 : 1) * (levels[2] ? 1.1 : 1) *
                       (levels[0] && levels[1] ? 1.3 : 1);
  return {{"train", train}, {"evaluate", levels[2] ? 8.0 : 20.0}};
}

double total(const std::vector<std::pair<std::string, double>>& stages) {
  double sum = 0;
  for (const auto& [name, joules] : stages) sum += joules;
  return sum;
}

std::vector<Trial> all_of_the_cascade() {
  std::vector<Trial> trials;
  for (int repeat = 0; repeat < 2; ++repeat) {
    for (unsigned i = 0; i < 8; ++i) {
      const std::vector<Level> levels{static_cast<Level>(i & 1U), static_cast<Level>(i >> 1 & 1U),
                                      static_cast<Level>(i >> 2)};
      trials.push_back(trial_of(levels, completed(cascade(levels), 0.9)));
    }
  }
  return trials;
}

CascadeModel model_of(const study::StudyFile& study, std::span<const double> fidelities,
                      const std::vector<Trial>& trials, Quantity quantity = Quantity::energy) {
  return {study.space, fidelities, observed_runs(study, fidelities, trials), quantity};
}

TEST(CascadeModel, recovers_the_factors_of_a_cascade_without_noise) {
  const auto study = study_of(switches(3));
  const auto trials = all_of_the_cascade();
  const auto model = model_of(study, kFull, trials);
  for (const auto& trial : trials) {
    const auto& configuration = trial.assignment.configuration;
    const double truth = total(cascade(configuration.levels)) / 100;
    EXPECT_NEAR(model.relative(configuration).mean() / truth, 1, 0.01);
  }
  EXPECT_NEAR(model.baseline().median(), 100, 0.5);
  ASSERT_EQ(model.stages().size(), 2);
  EXPECT_NEAR(model.stages()[1].weight, 0.8, 0.01) << model.stages()[1].name;
}

TEST(CascadeModel, predicts_a_combination_from_its_knobs_alone) {
  const auto study = study_of(switches(3));
  std::vector<Trial> trials;
  for (int repeat = 0; repeat < 3; ++repeat) {
    for (const auto& levels : std::vector<std::vector<Level>>{{0, 0, 0}, {1, 0, 0}, {0, 0, 1}}) {
      trials.push_back(trial_of(levels, completed(cascade(levels), 0.9)));
    }
  }
  const auto model = model_of(study, kFull, trials);
  const LogNormal both = model.relative(knobs::Configuration{{1, 0, 1}});
  const double truth = total(cascade({1, 0, 1})) / 100;
  EXPECT_NEAR(both.mean() / truth, 1, 0.08);
  EXPECT_LT(both.quantile(-kNormal95), truth);
  EXPECT_GT(both.quantile(kNormal95), truth);
  EXPECT_GT(both.log_deviation, model.relative(knobs::Configuration{{1, 0, 0}}).log_deviation);
}

TEST(CascadeModel, the_baseline_is_1_for_certain) {
  const auto study = study_of(switches(3));
  const auto baseline =
      model_of(study, kFull, all_of_the_cascade()).relative(knobs::Configuration{{0, 0, 0}});
  EXPECT_NEAR(baseline.mean(), 1, 1e-9);
  EXPECT_NEAR(baseline.log_deviation, 0, 1e-6);
}

TEST(CascadeModel, a_stage_that_only_some_runs_have_goes_to_the_rest) {
  const auto study = study_of(switches(1));
  const std::vector<Trial> trials{trial_of({0}, completed({{"train", 70}, {"save", 30}}, 0.9)),
                                  trial_of({1}, completed({{"train", 35}}, 0.9)),
                                  trial_of({0}, completed({{"train", 70}, {"save", 30}}, 0.9))};
  const auto model = model_of(study, kFull, trials);
  ASSERT_EQ(model.stages().size(), 2);
  EXPECT_EQ(model.stages()[0].name, "train");
  EXPECT_EQ(model.stages()[1].name, "rest");
  EXPECT_EQ(model.stages()[1].log_energy.observations().size(), 3);
  EXPECT_NEAR(model.baseline().median(), 100, 3);
  EXPECT_LT(model.relative(knobs::Configuration{{1}}).median(), 0.55);
}

TEST(CascadeModel, a_run_without_stages_is_one_stage) {
  const auto study = study_of(switches(1));
  auto outcome = completed({{"train", 50}}, 0.9);
  outcome.stages.clear();
  const auto model = model_of(study, kFull, {trial_of({0}, outcome)});
  ASSERT_EQ(model.stages().size(), 1);
  EXPECT_NEAR(model.baseline().median(), 50, 0.1);
}

TEST(CascadeModel, a_stopped_run_tells_the_stages_that_it_finished) {
  const auto study = study_of(switches(1));
  auto stopped = completed({{"load", 5}, {"train", 10}}, 0.9);
  stopped.ending = pipeline::Ending::stopped;
  const auto model = model_of(
      study, kFull,
      {trial_of({0}, completed({{"load", 10}, {"train", 90}}, 0.9)), trial_of({1}, stopped)});
  ASSERT_EQ(model.stages().size(), 2);
  EXPECT_EQ(model.stages()[0].name, "load");
  EXPECT_EQ(model.stages()[0].log_energy.observations().size(), 2);
  EXPECT_EQ(model.stages()[1].log_energy.observations().size(), 1);
}

TEST(CascadeModel, what_lay_outside_the_stages_does_not_make_the_one_it_was_stopped_in_whole) {
  const auto study = study_of(switches(1));
  auto stopped = completed({{"load", 5}, {"train", 10}, {"other", 1}}, 0.9);
  stopped.ending = pipeline::Ending::stopped;
  const auto whole = completed({{"load", 10}, {"train", 90}, {"other", 5}}, 0.9);
  const auto model = model_of(study, kFull, {trial_of({0}, whole), trial_of({1}, stopped)});
  for (const auto& stage : model.stages()) {
    EXPECT_EQ(stage.log_energy.observations().size(), stage.name == "load" ? 2 : 1) << stage.name;
  }
}

TEST(CascadeModel, a_run_is_foretold_with_its_scatter) {
  const auto study = study_of(switches(1));
  EXPECT_FALSE(model_of(study, kFull, {}).foretold_run({{0}}));
  std::vector<Trial> trials;
  for (int repeat = 0; repeat < 8; ++repeat) {
    trials.push_back(trial_of({0}, completed({{"train", repeat % 2 ? 95 : 105}}, 0.9)));
  }
  const auto run = model_of(study, kFull, trials).foretold_run({{0}}).value();
  EXPECT_NEAR(run.median(), 100, 2);
  EXPECT_LT(run.quantile(-kNormal95), 96);
  EXPECT_GT(run.quantile(kNormal95), 104);
}

TEST(CascadeModel, partial_runs_say_what_the_full_ones_would_need) {
  const auto study = study_of(switches(1));
  std::vector<Trial> trials;
  for (int repeat = 0; repeat < 3; ++repeat) {
    trials.push_back(trial_of({0}, completed({{"train", 10}}, 0.9), 0.1));
    trials.push_back(trial_of({1}, completed({{"train", 4}}, 0.9), 0.1));
  }
  trials.push_back(trial_of({0}, completed({{"train", 90}}, 0.9)));
  const auto model = model_of(study, kTenth, trials);
  EXPECT_NEAR(model.relative(knobs::Configuration{{1}}).median(), 0.4, 0.05);
  EXPECT_NEAR(model.baseline().median(), 90, 3);
  EXPECT_NEAR(model.fidelity_cost(1), 10.0 / 90, 0.01) << "learnt, not the nominal tenth";
  EXPECT_EQ(model.fidelity_cost(0), 1);
}

TEST(CascadeModel, energy_delay_is_joules_times_seconds) {
  const auto study = study_of(switches(1));
  auto fast = completed({{"train", 50}}, 0.9);
  fast.time = units::seconds(10);
  const auto model =
      model_of(study, kFull, {trial_of({0}, completed({{"train", 50}}, 0.9)), trial_of({1}, fast)},
               Quantity::energy_delay);
  EXPECT_NEAR(model.baseline().median(), 2500, 25);
  EXPECT_LT(model.relative(knobs::Configuration{{1}}).median(), 0.4);
}

TEST(CascadeModel, failed_runs_and_runs_without_energy_tell_nothing) {
  const auto study = study_of(switches(1));
  auto unmeasured = completed({{"train", 1}}, 0.9);
  unmeasured.energy.reset();
  const auto model = model_of(study, kFull,
                              {trial_of({0}, completed({{"train", 50}}, 0.9)),
                               trial_of({1}, failed("exit status 1")), trial_of({1}, unmeasured)});
  EXPECT_EQ(model.stages()[0].log_energy.observations().size(), 1);
}

TEST(CascadeModel, what_was_published_of_a_knob_is_expected_of_it) {
  auto halving = knob("a", {"off", "on"});
  halving.expected = {std::nullopt, knobs::Expectation{0.5, 0.1}};
  const auto study = study_of(space_of({halving, knob("b", {"off", "on"})}));
  const auto model = model_of(study, kFull, {trial_of({0, 0}, completed({{"train", 50}}, 0.9))});
  EXPECT_NEAR(model.relative(knobs::Configuration{{1, 0}}).median(), 0.5, 0.05);
  EXPECT_GT(model.relative(knobs::Configuration{{0, 1}}).median(), 0.8);
}

}  // namespace
}  // namespace turngreen::explore
