#include "study/study_export.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "study/sample_study.h"
#include "turngreen/study/study_difference.h"
#include "turngreen/study/trial_json.h"

namespace turngreen::study {
namespace {

using nlohmann::json;
using testing::HasSubstr;

StudyRecord sample_record() {
  return record_of("a", sample_space(), ~std::uint64_t{0}, "name: a\n", "/home/me/s.yaml");
}

Trial sample_trial(std::int64_t number, std::int64_t finish_order) {
  Trial trial;
  trial.number = number;
  trial.assignment = assignment({1, 2}, ~std::uint64_t{0});
  trial.assignment.purpose = Purpose::verify;
  trial.assignment.fidelity = 0.25;
  trial.outcome = sample_outcome();
  trial.provenance = sample_provenance();
  trial.worker = "anvil:b:1:2:3";
  trial.started_unix_ns = 1'700'000'000'000'000'001;
  trial.finished_unix_ns = 1'700'000'000'000'000'002;
  trial.finish_order = finish_order;
  return trial;
}

json sample_export() {
  return json::parse(export_json(sample_record(), {sample_trial(1, 1), sample_trial(2, 2)}));
}

std::string fault_of(const json& document) {
  const auto parsed = parse_export(document.dump());
  return parsed ? "none" : parsed.error().message;
}

TEST(StudyExport, a_study_and_its_trials_are_read_back_as_they_were) {
  const auto read =
      parse_export(export_json(sample_record(), {sample_trial(4, 1), Trial()})).value();
  EXPECT_EQ(read.study.name, "a");
  EXPECT_EQ(read.study.seed, ~std::uint64_t{0});
  EXPECT_EQ(read.study.file_text, "name: a\n");
  EXPECT_EQ(read.study.file_path, "/home/me/s.yaml");
  EXPECT_EQ(difference(sample_record(), read.study), "");
  ASSERT_EQ(read.trials.size(), 1u);
  const Trial& trial = read.trials[0];
  const Trial before = sample_trial(4, 1);
  EXPECT_EQ(trial.number, 4);
  EXPECT_EQ(trial.assignment, before.assignment);
  EXPECT_EQ(trial.worker, before.worker);
  EXPECT_EQ(trial.started_unix_ns, before.started_unix_ns);
  EXPECT_EQ(trial.finished_unix_ns, before.finished_unix_ns);
  EXPECT_EQ(trial.provenance, before.provenance);
  EXPECT_EQ(outcome_json(*trial.outcome), outcome_json(*before.outcome));
}

TEST(StudyExport, trials_are_read_in_the_order_they_finished) {
  const auto read =
      parse_export(export_json(sample_record(), {sample_trial(1, 2), sample_trial(2, 1)})).value();
  EXPECT_EQ(read.trials.at(0).number, 2);
}

TEST(StudyExport, configurations_are_told_by_the_words_of_the_knobs) {
  const json configuration = sample_export()["trials"][0]["configuration"];
  EXPECT_EQ(configuration["lr"], "1e-5");
  EXPECT_EQ(configuration["width"], "2");
}

TEST(StudyExport, a_document_of_another_schema_is_refused) {
  json document = sample_export();
  document["schema"] = "turngreen.study_export/2";
  EXPECT_THAT(fault_of(document), HasSubstr("this program reads \"turngreen.study_export/1\""));
  EXPECT_NE(fault_of(json::array()), "none");
}

TEST(StudyExport, hostile_numbers_are_refused_with_the_trial_and_the_field) {
  json document = sample_export();
  document["trials"][1]["number"] = -1;
  EXPECT_THAT(fault_of(document), HasSubstr("trial 2 of the list: \"number\" is -1"));
  document = sample_export();
  document["trials"][0]["started_unix_ns"] = ~std::uint64_t{0};
  EXPECT_THAT(fault_of(document), HasSubstr("too large"));
  document = sample_export();
  document["trials"][0]["fidelity"] = 0;
  EXPECT_THAT(fault_of(document), HasSubstr("above 0 and at most 1"));
  document = sample_export();
  document["trials"][0]["outcome"]["energy_j"] = -5;
  EXPECT_THAT(fault_of(document), HasSubstr("0 <= energy_low_j"));
}

TEST(StudyExport, knobs_and_values_that_do_not_fit_together_are_refused) {
  json document = sample_export();
  document["trials"][0]["configuration"]["lr"] = "3";
  EXPECT_THAT(fault_of(document), HasSubstr("knob lr has no value 3; it has 5e-5, 1e-5"));
  document = sample_export();
  document["trials"][0]["configuration"]["depth"] = "3";
  EXPECT_THAT(fault_of(document), HasSubstr("a knob that is unknown"));
  document = sample_export();
  document["study"]["knobs"][0]["values"] = json::array();
  EXPECT_THAT(fault_of(document), HasSubstr("knob lr has 0 values"));
  document = sample_export();
  document["study"]["knobs"][1]["id"] = "lr";
  EXPECT_THAT(fault_of(document), HasSubstr("knob lr is there twice"));
}

}  // namespace
}  // namespace turngreen::study
