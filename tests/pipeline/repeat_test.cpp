#include "turngreen/pipeline/repeat.h"

#include <gtest/gtest.h>

#include <cmath>

#include "energy/scripted_sensor.h"

namespace turngreen::pipeline {
namespace {

using units::joules;
using units::seconds;

energy::DomainEnergy measured(double value) {
  energy::DomainEnergy energy;
  energy.energy = {joules(value), joules(value - 1), joules(value + 1)};
  return energy;
}

Measurement run(std::optional<double> energy, double time) {
  Measurement run;
  run.energy.start = energy::at({});
  run.energy.end = energy::at(seconds(time));
  if (energy) run.energy.total = measured(*energy);
  return run;
}

void add_stage(Measurement& run, const char* name, std::optional<std::size_t> parent,
               double energy) {
  energy::StageEnergy stage;
  stage.name = name;
  stage.parent = parent;
  stage.total = measured(energy);
  stage.time = seconds(energy / 10);
  run.energy.stages.push_back(stage);
}

TEST(RepeatSummary, mean_deviation_variation_and_interval_are_those_of_the_textbook) {
  // 10, 12, 14: mean 12, deviation 2, t(2) = 4.302653, half width 4.302653 x 2 / sqrt(3).
  const std::vector runs{run(10, 1), run(12, 2), run(14, 3)};
  const auto summary = summarise(runs);
  EXPECT_EQ(summary.runs, 3U);
  EXPECT_EQ(summary.energy.count, 3U);
  EXPECT_NEAR(summary.energy.mean->in_joules(), 12, 1e-9);
  EXPECT_NEAR(summary.energy.deviation->in_joules(), 2, 1e-9);
  EXPECT_NEAR(*summary.energy.coefficient_of_variation, 2.0 / 12, 1e-9);
  EXPECT_NEAR(summary.energy.interval->low.in_joules(), 12 - 4.302653 * 2 / std::sqrt(3), 1e-6);
  EXPECT_NEAR(summary.energy.interval->high.in_joules(), 12 + 4.302653 * 2 / std::sqrt(3), 1e-6);
  EXPECT_NEAR(summary.time.mean->in_seconds(), 2, 1e-9);
}

TEST(RepeatSummary, one_run_has_a_mean_and_no_interval) {
  const std::vector runs{run(10, 1)};
  const auto summary = summarise(runs);
  EXPECT_EQ(summary.energy.mean, joules(10));
  EXPECT_FALSE(summary.energy.interval);
  EXPECT_FALSE(summary.energy.deviation);
  EXPECT_FALSE(summary.energy.coefficient_of_variation);
}

TEST(RepeatSummary, a_run_without_energy_is_not_one_of_zero) {
  const std::vector runs{run(10, 1), run(std::nullopt, 3)};
  const auto summary = summarise(runs);
  EXPECT_EQ(summary.runs, 2U);
  EXPECT_EQ(summary.energy.count, 1U);
  EXPECT_EQ(summary.energy.mean, joules(10));
  EXPECT_EQ(summary.time.count, 2U);
}

TEST(RepeatSummary, no_run_with_energy_has_no_mean) {
  const std::vector runs{run(std::nullopt, 1)};
  EXPECT_FALSE(summarise(runs).energy.mean);
  EXPECT_EQ(summarise({}).runs, 0U);
}

TEST(RepeatSummary, stages_are_told_apart_by_their_name_and_place) {
  auto first = run(100, 1);
  add_stage(first, "train", std::nullopt, 50);
  add_stage(first, "step", 0, 20);
  auto second = run(100, 1);
  add_stage(second, "evaluate", std::nullopt, 8);
  add_stage(second, "step", 0, 4);
  add_stage(second, "train", std::nullopt, 70);
  add_stage(second, "step", 2, 40);
  const std::vector runs{first, second};
  const auto summary = summarise(runs);
  ASSERT_EQ(summary.stages.size(), 4U);
  EXPECT_EQ(summary.stages[0].name, "train");
  EXPECT_NEAR(summary.stages[0].energy.mean->in_joules(), 60, 1e-9);
  EXPECT_EQ(summary.stages[1].name, "step");
  EXPECT_EQ(summary.stages[1].parent, 0U);
  EXPECT_NEAR(summary.stages[1].energy.mean->in_joules(), 30, 1e-9);
  EXPECT_NEAR(summary.stages[1].time.mean->in_seconds(), 3, 1e-9);
  EXPECT_EQ(summary.stages[3].name, "step");
  EXPECT_EQ(summary.stages[3].parent, 2U);
  EXPECT_EQ(summary.stages[3].energy.count, 1U);
}

TEST(RepeatSummary, quantiles_of_students_t_are_right_on_both_sides_of_the_table) {
  EXPECT_NEAR(student_t_95(1), 12.7062, 1e-4);
  EXPECT_NEAR(student_t_95(9), 2.262157, 1e-6);
  EXPECT_NEAR(student_t_95(20), 2.085963, 1e-6);
  EXPECT_NEAR(student_t_95(21), 2.079614, 2e-6);
  EXPECT_NEAR(student_t_95(100), 1.983972, 2e-6);
  EXPECT_NEAR(student_t_95(1'000'000), 1.959966, 2e-6);
}

}  // namespace
}  // namespace turngreen::pipeline
