#include "cli/study.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "cli/schema_texts.h"
#include "cli/turngreen_process.h"
#include "report/json_schema_check.h"
#include "study/sample_study.h"
#include "turngreen/study/store.h"

namespace turngreen::cli {
namespace {

using nlohmann::json;
using testing::HasSubstr;

/// A store with the study "digits" of two finished trials.
class StudyCommand : public testing::Test {
 protected:
  StudyCommand() {
    auto store = study::Store::open(store_).value();
    const auto record =
        store.open_study("digits", study::sample_space(), 7, "name: digits\n", "s.yaml").value();
    study::Trial trial;
    trial.assignment = study::assignment({1, 2});
    trial.outcome = study::sample_outcome(100);
    trial.provenance = study::sample_provenance();
    EXPECT_TRUE(store.import(record.id, trial).has_value());
    trial.outcome = study::failed_outcome();
    EXPECT_TRUE(store.import(record.id, trial).has_value());
  }
  Finished run(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), "study");
    arguments.insert(arguments.end(), {"--store", store_.string()});
    return run_turngreen(arguments);
  }

  report::ScratchDirectory scratch_;
  std::filesystem::path store_ = scratch_ / "turngreen.db";
};

TEST_F(StudyCommand, list_shows_each_study_with_its_trials) {
  const Finished listed = run({"list"});
  EXPECT_EQ(listed.status, 0) << listed.err;
  EXPECT_THAT(listed.out, testing::ContainsRegex("digits +2 +0 +100.0 J"));
  EXPECT_EQ(json::parse(run({"list", "--json"}).out)["studies"][0]["finished"], 2);
}

TEST_F(StudyCommand, show_prints_the_trials) {
  const Finished shown = run({"show", "digits"});
  EXPECT_EQ(shown.status, 0) << shown.err;
  EXPECT_THAT(shown.out, HasSubstr("lr=1e-5, width=2"));
  EXPECT_THAT(shown.out, HasSubstr("exit status 1"));
}

TEST_F(StudyCommand, an_export_is_of_its_schema_and_can_be_imported_elsewhere) {
  const std::string file = (scratch_ / "digits.json").string();
  ASSERT_EQ(run({"export", "digits", "--output", file}).status, 0);
  const std::string text = report::content_of(file);
  for (const auto& schema : schema_texts()) {
    if (schema.name != "study_export") continue;
    EXPECT_EQ(report::schema_fault(json::parse(text), json::parse(schema.text)), "");
  }
  const std::string other = (scratch_ / "other.db").string();
  const Finished imported = run_turngreen({"study", "import", file, "--store", other});
  EXPECT_EQ(imported.status, 0) << imported.err;
  EXPECT_EQ(run_turngreen({"study", "export", "digits", "--store", other}).out, text);
}

TEST_F(StudyCommand, an_output_that_ends_in_csv_is_csv) {
  const std::string file = (scratch_ / "digits.csv").string();
  ASSERT_EQ(run({"export", "digits", "--output", file}).status, 0);
  EXPECT_THAT(report::content_of(file), HasSubstr("number,purpose,lr,width,fidelity"));
  EXPECT_EQ(run({"export", "digits", "--format", "csv"}).out, report::content_of(file));
}

TEST_F(StudyCommand, import_refuses_a_name_that_is_there) {
  const std::string file = (scratch_ / "digits.json").string();
  ASSERT_EQ(run({"export", "digits", "--output", file}).status, 0);
  const Finished refused = run({"import", file});
  EXPECT_EQ(refused.status, 1);
  EXPECT_THAT(refused.err, HasSubstr("already"));
}

TEST_F(StudyCommand, import_of_something_else_says_what_was_expected) {
  EXPECT_THAT(run({"import", "/nonexistent"}).err, HasSubstr("turngreen study export wrote"));
  EXPECT_EQ(run({"import", store_.string()}).status, 1);
}

TEST_F(StudyCommand, delete_asks_and_where_nobody_can_answer_needs_a_yes) {
  const Finished refused = run({"delete", "digits"});
  EXPECT_EQ(refused.status, 2);
  EXPECT_THAT(refused.err, HasSubstr("--yes"));
  EXPECT_EQ(run({"show", "digits"}).status, 0);
  EXPECT_EQ(run({"delete", "digits", "--yes"}).status, 0);
  EXPECT_EQ(run({"show", "digits"}).status, 1);
}

TEST_F(StudyCommand, mistyped_names_get_the_nearest_ones) {
  EXPECT_THAT(run({"show", "digit"}).err, HasSubstr("did you mean digits?"));
  const Finished action = run({"exprot", "digits"});
  EXPECT_EQ(action.status, 2);
  EXPECT_THAT(action.err, HasSubstr("did you mean export?"));
}

TEST_F(StudyCommand, a_name_too_few_or_too_many_is_wrong_usage) {
  EXPECT_EQ(run({"show"}).status, 2);
  EXPECT_EQ(run({"list", "digits"}).status, 2);
  EXPECT_EQ(run({"export", "digits", "--format", "xml"}).status, 2);
}

TEST_F(StudyCommand, a_store_that_is_not_there_is_not_made) {
  const std::string missing = (scratch_ / "missing.db").string();
  const Finished refused = run_turngreen({"study", "list", "--store", missing});
  EXPECT_EQ(refused.status, 1);
  EXPECT_THAT(refused.err, HasSubstr("there is no store"));
  EXPECT_FALSE(std::filesystem::exists(missing));
}

}  // namespace
}  // namespace turngreen::cli
