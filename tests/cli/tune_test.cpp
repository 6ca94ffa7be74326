#include "cli/tune.h"

#include <gmock/gmock.h>

#include "cli/schema_texts.h"
#include "cli/study_folder.h"
#include "report/json_schema_check.h"
#include "turngreen/study/store.h"

namespace turngreen::cli {
namespace {

using nlohmann::json;
using testing::Contains;
using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;

json tuning_schema() {
  for (const auto& known : schema_texts()) {
    if (known.name == "tuning") return json::parse(known.text);
  }
  return {};
}

/// Rows in which every knob costs more than it saves.
constexpr const char* kBaselineIsBest =
    "5e-5,8,100,10,0.90\n5e-5,4,160,16,0.90\n5e-5,2,130,13,0.90\n"
    "1e-5,8,195,19,0.89\n1e-5,4,155,15,0.89\n1e-5,2,155,15,0.89\n";

TEST(Tune, a_winner_is_status_0_and_stands_in_the_summary_and_in_best_yaml) {
  const StudyFolder folder;
  const Finished finished = folder.tune();
  EXPECT_EQ(finished.status, 0) << finished.err;
  EXPECT_THAT(finished.out, HasSubstr("recommended   lr=1e-5, width=4"));
  EXPECT_THAT(finished.out, ContainsRegex("saves +4[0-9]\\.[0-9] %"));
  EXPECT_EQ(folder.result()["recommended"], (json{{"lr", 1e-5}, {"width", 4}}));
  EXPECT_NEAR(folder.result()["saving"]["estimate"], 0.45, 0.02);
  const std::string best = report::content_of(folder / "best.yaml");
  EXPECT_THAT(best, HasSubstr("better_than_baseline: true"));
  EXPECT_THAT(best, HasSubstr("width: 4\n"));
}

TEST(Tune, a_baseline_that_is_best_is_status_3) {
  const StudyFolder folder;
  folder.table(kBaselineIsBest);
  const Finished finished = folder.tune();
  EXPECT_EQ(finished.status, 3) << finished.err;
  EXPECT_THAT(finished.out, HasSubstr("recommended   the baseline"));
  EXPECT_EQ(folder.result()["recommended"], (json{{"lr", 5e-5}, {"width", 8}}));
  EXPECT_EQ(folder.result()["saving"]["estimate"], 0);
}

TEST(Tune, a_faulty_study_file_is_told_by_line_and_column_and_nothing_is_written) {
  const StudyFolder folder;
  folder.study("objektive: energy\nfuture_runs: many\n");
  const Finished finished = folder.tune();
  EXPECT_EQ(finished.status, 1);
  EXPECT_THAT(finished.err, HasSubstr("turngreen tune: " + folder.file() + ":8:1: "));
  EXPECT_THAT(finished.err, HasSubstr("turngreen tune: " + folder.file() + ":9:14: "));
  EXPECT_THAT(finished.err, HasSubstr("objective"));
  for (const char* name : {"turngreen.db", "best.yaml", "out.json"}) {
    EXPECT_FALSE(std::filesystem::exists(folder / name)) << name;
  }
}

TEST(Tune, a_baseline_that_cannot_be_run_is_an_error_and_no_recommendation) {
  const StudyFolder folder;
  folder.table("5e-5,4,60,6,0.90\n");
  const Finished finished = folder.tune();
  EXPECT_EQ(finished.status, 1);
  EXPECT_THAT(finished.err, HasSubstr("no full run of the baseline (lr=5e-5, width=8)"));
  EXPECT_FALSE(std::filesystem::exists(folder / "best.yaml"));
}

TEST(Tune, the_json_has_the_fields_that_scripts_rely_on) {
  const StudyFolder folder;
  ASSERT_EQ(folder.tune().status, 0);
  const json result = folder.result();
  for (const char* key :
       {"recommended", "saving", "quality", "spent_j", "baseline_j", "trials", "rejected"}) {
    EXPECT_TRUE(result.contains(key)) << key;
  }
  for (const char* key : {"estimate", "low", "high"}) EXPECT_TRUE(result["saving"].contains(key));
  double spent = 0;
  for (const auto& trial : result["trials"]) {
    for (const char* key : {"configuration", "fidelity", "energy_j", "quality", "status", "reason",
                            "recommended_after"}) {
      EXPECT_TRUE(trial.contains(key)) << key;
    }
    spent += trial["energy_j"].get<double>();
  }
  EXPECT_NEAR(result["spent_j"], spent, 1e-6);
  EXPECT_EQ(result["trials"][0]["configuration"], (json{{"lr", 5e-5}, {"width", 8}}));
  EXPECT_EQ(result["trials"][0]["recommended_after"], nullptr);
  EXPECT_EQ(result["trials"].back()["recommended_after"], result["recommended"]);
}

TEST(Tune, the_json_is_of_its_schema_which_knows_every_key) {
  const StudyFolder folder;
  ASSERT_EQ(folder.tune().status, 0);
  const json schema = tuning_schema();
  const json result = folder.result();
  EXPECT_EQ(report::schema_fault(result, schema), "");
  for (const auto& [key, value] : result.items()) {
    EXPECT_TRUE(schema["properties"].contains(key)) << key;
  }
  for (const auto& [key, value] : result["trials"][0].items()) {
    EXPECT_TRUE(schema["$defs"]["trial"]["properties"].contains(key)) << key;
  }
}

TEST(Tune, json_to_standard_output_is_printed_alone) {
  const StudyFolder folder;
  const Finished finished = run_turngreen({"tune", folder.file(), "--json", "-"});
  EXPECT_EQ(finished.status, 0) << finished.err;
  EXPECT_EQ(json::parse(finished.out)["study"], "example");
}

TEST(Tune, the_same_seed_gives_the_same_json) {
  const StudyFolder one;
  const StudyFolder other;
  ASSERT_EQ(one.tune({"--seed", "5"}).status, 0);
  ASSERT_EQ(other.tune({"--seed", "5"}).status, 0);
  EXPECT_EQ(report::content_of(one.json_file()), report::content_of(other.json_file()));
}

TEST(Tune, a_second_call_goes_on_and_finds_nothing_left_to_run) {
  const StudyFolder folder;
  ASSERT_EQ(folder.tune().status, 0);
  const json first = folder.result();
  const Finished again = folder.tune({"--resume"});
  EXPECT_EQ(again.status, 0) << again.err;
  EXPECT_THAT(again.err, HasSubstr("going on with study example"));
  EXPECT_EQ(folder.result(), first);
}

TEST(Tune, a_restart_forgets_the_trials) {
  const StudyFolder folder;
  ASSERT_EQ(folder.tune().status, 0);
  folder.table(kBaselineIsBest);
  EXPECT_EQ(folder.tune({"--restart", "--seed", "9"}).status, 3);
  EXPECT_EQ(folder.result()["seed"], 9);
  EXPECT_EQ(folder.result()["trials"][0]["number"], 1);
}

TEST(Tune, restart_and_resume_exclude_each_other) {
  EXPECT_EQ(StudyFolder().tune({"--restart", "--resume"}).status, 2);
}

TEST(Tune, a_study_that_was_begun_refuses_another_seed) {
  const StudyFolder folder;
  ASSERT_EQ(folder.tune({"--seed", "5"}).status, 0);
  const Finished refused = folder.tune({"--seed", "6"});
  EXPECT_EQ(refused.status, 1);
  EXPECT_THAT(refused.err, HasSubstr("begun with seed 5"));
  EXPECT_THAT(refused.err, HasSubstr("--restart"));
}

TEST(Tune, several_workers_end_as_one_does) {
  const StudyFolder folder;
  const Finished finished = folder.tune({"--workers", "2"});
  ASSERT_EQ(finished.status, 0) << finished.err;
  const json by_two = folder.result();
  EXPECT_EQ(by_two["recommended"], (json{{"lr", 1e-5}, {"width", 4}}));
  // One worker on the same trials has the same to say.
  ASSERT_EQ(folder.tune().status, 0);
  EXPECT_EQ(folder.result()["ended"], by_two["ended"]);
  EXPECT_EQ(folder.result()["trials"], by_two["trials"]);
}

TEST(Tune, quiet_prints_nothing) {
  const Finished finished = StudyFolder().tune({"--quiet"});
  EXPECT_EQ(finished.out + finished.err, "");
}

TEST(Tune, a_place_that_cannot_be_written_is_told_before_anything_runs) {
  const StudyFolder folder;
  const Finished finished = folder.tune({"--best", "/nonexistent/best.yaml"});
  EXPECT_EQ(finished.status, 1);
  EXPECT_FALSE(std::filesystem::exists(folder / "turngreen.db"));
}

}  // namespace
}  // namespace turngreen::cli
