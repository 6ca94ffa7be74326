#include "pipeline/measured_outcome.h"

#include <gmock/gmock.h>

#include <algorithm>

#include "report/sample_measurement.h"

namespace turngreen::pipeline {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;

const StageCost& stage(const Outcome& outcome, std::string_view name) {
  const auto found = std::ranges::find(outcome.stages, name, &StageCost::name);
  EXPECT_NE(found, outcome.stages.end()) << name;
  return *found;
}

TEST(MeasuredOutcome, keeps_top_level_stages_and_what_fell_outside_which_add_up) {
  const Outcome outcome = measured_outcome(report::sample_measurement());
  units::Bounded<units::Energy> sum;
  for (const auto& each : outcome.stages) {
    EXPECT_NE(each.name, "forward");
    sum += each.energy;
  }
  ASSERT_TRUE(outcome.energy);
  EXPECT_NEAR(sum.value.in_joules(), outcome.energy->value.in_joules(), 1e-9);
  EXPECT_EQ(outcome.stages.back().name, kOutsideStages);
}

TEST(MeasuredOutcome, tells_each_counted_domain_once_and_leaves_out_what_said_nothing) {
  const Outcome outcome = measured_outcome(report::sample_measurement());
  for (const auto& domain : stage(outcome, "train").domains) {
    EXPECT_NE(domain.name, "cores-0");
    EXPECT_NE(domain.name, "gpu-0");
  }
  EXPECT_THAT(stage(outcome, "train").domains, testing::Not(IsEmpty()));
}

TEST(MeasuredOutcome, says_what_was_estimated_and_by_whom) {
  const Outcome outcome = measured_outcome(report::sample_measurement());
  EXPECT_DOUBLE_EQ(outcome.estimated.in_joules(), 20);
  EXPECT_THAT(outcome.energy_basis, HasSubstr("estimated"));
}

TEST(MeasuredOutcome, work_within_a_nested_stage_counts_for_the_one_around_it) {
  Measurement measurement = report::sample_measurement();
  measurement.progress = {{"forward", 100, 0}, {"train", 20, 0}};
  EXPECT_EQ(stage(measured_outcome(measurement), "train").samples, 120U);
}

TEST(MeasuredOutcome, of_a_sensor_that_told_nothing_has_no_energy_rather_than_none) {
  Measurement measurement = report::sample_measurement();
  measurement.energy.total.energy =
      units::Bounded<units::Energy>{units::joules(0), units::joules(0), units::joules(90)};
  EXPECT_FALSE(measured_outcome(measurement).energy);
  measurement.energy.total.unmeasured = units::Duration();
  EXPECT_TRUE(measured_outcome(measurement).energy);
}

TEST(MeasuredOutcome, a_stage_without_energy_is_a_fault_and_no_zero) {
  Measurement measurement = report::sample_measurement();
  measurement.energy.stages[0].total = report::not_measured();
  const auto name = measurement.energy.stages[0].name;
  const Outcome outcome = measured_outcome(measurement);
  EXPECT_EQ(std::ranges::count(outcome.stages, name, &StageCost::name), 0);
  EXPECT_THAT(outcome.faults, Contains(HasSubstr("no sensor told its energy")));
}

TEST(MeasuredOutcome, a_counter_that_wrapped_is_no_fault) {
  Measurement measurement = report::sample_measurement();
  energy::Fault wrapped;
  wrapped.kind = energy::FaultKind::wrap;
  measurement.energy.faults = {wrapped};
  EXPECT_THAT(measured_outcome(measurement).faults, IsEmpty());
}

}  // namespace
}  // namespace turngreen::pipeline
