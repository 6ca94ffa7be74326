#include <gmock/gmock.h>

#include "study/sample_study.h"
#include "turngreen/study/study_difference.h"
#include "turngreen/study/trial_json.h"

namespace turngreen::study {
namespace {

using testing::HasSubstr;

Trial finished(std::int64_t number, std::vector<knobs::Level> levels, pipeline::Outcome outcome) {
  Trial trial;
  trial.number = number;
  trial.assignment = assignment(std::move(levels));
  trial.outcome = std::move(outcome);
  return trial;
}

StudyRecord sample_record() { return record_of("a", sample_space(), 7, "name: a\n", "s.yaml"); }

TEST(StudyCsv, there_is_a_row_for_each_finished_trial_and_none_for_those_that_run) {
  pipeline::Outcome outcome;
  outcome.energy =
      units::Bounded<units::Energy>{units::joules(2), units::joules(1.5), units::joules(2.5)};
  outcome.time = units::seconds(0.25);
  outcome.stages = {{"train", *outcome.energy, units::seconds(0.25), std::nullopt}};
  outcome.metrics = {{"f1", 0.5}};
  EXPECT_EQ(export_csv(sample_record(), {finished(3, {1, 2}, outcome), Trial()}),
            "number,purpose,lr,width,fidelity,seed,ending,reason,energy_j,energy_low_j,"
            "energy_high_j,seconds,train_j,train_s,f1\n"
            "3,explore,1e-5,2,1,1,completed,,2,1.5,2.5,0.25,2,0.25,0.5\n");
}

TEST(StudyCsv, what_was_not_measured_is_empty_and_never_zero) {
  const std::string csv = export_csv(sample_record(), {finished(1, {0, 0}, sample_outcome(8)),
                                                       finished(2, {0, 1}, failed_outcome())});
  EXPECT_THAT(csv, HasSubstr("\n2,explore,5e-5,4,1,1,failed,exit status 1,,,,0,,,,,,\n"));
}

TEST(StudyCsv, text_with_commas_and_quotes_is_quoted) {
  auto outcome = failed_outcome();
  outcome.reason = "said \"no\", then stopped";
  EXPECT_THAT(export_csv(sample_record(), {finished(1, {0, 0}, outcome)}),
              HasSubstr(",\"said \"\"no\"\", then stopped\","));
}

TEST(StudyCsv, runs_on_the_test_rows_are_left_out) {
  auto test = finished(3, {1, 2}, sample_outcome(4));
  test.assignment.purpose = Purpose::test;
  EXPECT_EQ(export_csv(sample_record(), {finished(1, {0, 0}, sample_outcome(8)), test}),
            export_csv(sample_record(), {finished(1, {0, 0}, sample_outcome(8))}));
}

TEST(StudyCsv, no_two_columns_have_one_name) {
  pipeline::Outcome outcome;
  outcome.metrics = {{"seed", 1}, {"lr", 2}};
  const std::string csv = export_csv(sample_record(), {finished(1, {0, 0}, outcome)});
  EXPECT_THAT(csv, HasSubstr(",metric_seed,metric_lr\n"));
}

}  // namespace
}  // namespace turngreen::study
