#include "turngreen/report/study_table.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "study/sample_study.h"

namespace turngreen::report {
namespace {

using study::StudyRecord;
using study::Trial;
using testing::HasSubstr;

StudyRecord sample_record() {
  StudyRecord record;
  record.name = "digits";
  record.seed = 7;
  record.file_path = "/home/me/study.yaml";
  record.knobs = {"lr", "width"};
  record.values = {{"5e-5", "1e-5"}, {"8", "4"}};
  record.off = {0, 0};
  return record;
}

Trial trial(std::int64_t number, std::vector<knobs::Level> levels) {
  Trial trial;
  trial.number = number;
  trial.assignment.configuration.levels = std::move(levels);
  return trial;
}

TEST(StudyTable, a_trial_is_shown_with_its_knobs_joules_and_metrics) {
  Trial measured = trial(3, {1, 1});
  measured.outcome = study::sample_outcome(120);
  measured.outcome->estimated = units::Energy();
  const std::string text = study_table(sample_record(), std::vector{measured}, {200, false});
  EXPECT_THAT(text, HasSubstr("digits, seed 7, from /home/me/study.yaml\n1 trials, 120.0 J spent"));
  EXPECT_THAT(text, HasSubstr("lr=1e-5, width=4"));
  EXPECT_THAT(text, HasSubstr("  120.0 J (108.0 .. 132.0)"));
  EXPECT_THAT(text, HasSubstr("macro_f1"));
  EXPECT_THAT(text, HasSubstr("0.875"));
}

TEST(StudyTable, estimated_joules_are_marked) {
  Trial estimated = trial(1, {0, 0});
  estimated.outcome = study::sample_outcome(120);
  EXPECT_THAT(study_table(sample_record(), std::vector{estimated}, {200, false}),
              HasSubstr("~120.0 J"));
}

TEST(StudyTable, a_failed_trial_has_its_reason_and_no_joules) {
  Trial failed = trial(1, {0, 0});
  failed.outcome = study::failed_outcome();
  const std::string text = study_table(sample_record(), std::vector{failed}, {200, false});
  EXPECT_THAT(text, HasSubstr("baseline"));
  EXPECT_THAT(text, HasSubstr("failed"));
  EXPECT_THAT(text, HasSubstr("exit status 1"));
  EXPECT_THAT(text, testing::ContainsRegex("baseline +- "));
}

TEST(StudyTable, a_running_trial_is_said_to_run) {
  EXPECT_THAT(study_table(sample_record(), std::vector{trial(1, {0, 1})}, {200, false}),
              HasSubstr("running"));
}

TEST(StudyTable, what_a_program_printed_cannot_steer_the_terminal) {
  Trial failed = trial(1, {0, 0});
  failed.outcome = study::failed_outcome();
  failed.outcome->reason = "\033[2J gone";
  EXPECT_THAT(study_table(sample_record(), std::vector{failed}, {200, false}),
              testing::Not(HasSubstr("\033")));
}

TEST(StudiesTable, studies_are_listed_with_their_trials_and_joules) {
  study::StudySummary summary;
  summary.name = "digits";
  summary.finished = 12;
  summary.running = 2;
  summary.spent = units::joules(99);
  const std::string text = studies_table(std::vector{summary}, {80, false});
  EXPECT_THAT(text, testing::ContainsRegex("digits +12 +2 +99.00 J"));
  const auto json = nlohmann::json::parse(studies_json(std::vector{summary}));
  EXPECT_EQ(json["studies"][0]["name"], "digits");
  EXPECT_EQ(json["studies"][0]["spent_j"], 99);
}

TEST(StudiesTable, none_is_said) {
  EXPECT_EQ(studies_table({}, {80, false}), "There are no studies in the store.\n");
}

}  // namespace
}  // namespace turngreen::report
