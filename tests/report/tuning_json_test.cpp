#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "sample_tuning.h"

namespace turngreen::report {
namespace {

using nlohmann::json;

TEST(TuningJson, has_what_scripts_rely_on) {
  const auto study = sample_study_file();
  const json found = json::parse(tuning_json(sample_tuning(study)));
  EXPECT_EQ(found["recommended"], (json{{"lr", 1e-5}, {"width", 2}}));
  EXPECT_EQ(found["saving"], (json{{"estimate", 0.6}, {"low", 0.55}, {"high", 0.65}}));
  EXPECT_EQ(found["quality"]["metric"], "macro_f1");
  EXPECT_EQ(found["quality"]["drop"]["high"], 0.005);
  EXPECT_EQ(found["spent_j"], 140);
  EXPECT_EQ(found["baseline_j"], 100);
  ASSERT_EQ(found["trials"].size(), 3);
  EXPECT_EQ(found["trials"][1]["configuration"]["width"], 2);
  EXPECT_EQ(found["trials"][1]["fidelity"], 1);
  EXPECT_EQ(found["trials"][1]["energy_j"], 40);
  EXPECT_EQ(found["trials"][1]["quality"]["macro_f1"], 0.875);
  EXPECT_EQ(found["trials"][1]["status"], "completed");
  EXPECT_EQ(found["rejected"], json::array());
}

TEST(TuningJson, what_was_not_measured_is_null) {
  const auto study = sample_study_file();
  auto result = sample_tuning(study);
  result.recommendation.baseline_energy.reset();
  result.recommendation.quality.reset();
  const json found = json::parse(tuning_json(result));
  EXPECT_EQ(found["baseline_j"], nullptr);
  EXPECT_EQ(found["quality"]["estimate"], nullptr);
  EXPECT_EQ(found["trials"][2]["energy_j"], nullptr);
  EXPECT_EQ(found["trials"][2]["estimated_j"], nullptr);
  EXPECT_EQ(found["trials"][2]["status"], "failed");
  EXPECT_EQ(found["trials"][2]["reason"], "exit status 1");
}

TEST(TuningJson, tells_what_was_rejected_and_what_was_recommended_when) {
  const auto study = sample_study_file();
  auto result = sample_tuning(study);
  result.trials[0].provenance.emplace_back("rejected", "always answers class 0");
  result.trials[1].provenance.emplace_back("recommended_after", "1,2");
  result.rejections = {{{{0, 1}}, "always answers class 0"}};
  const json found = json::parse(tuning_json(result));
  EXPECT_EQ(found["trials"][0]["rejected"], "always answers class 0");
  EXPECT_EQ(found["trials"][0]["recommended_after"], nullptr);
  EXPECT_EQ(found["trials"][1]["recommended_after"]["width"], 2);
  EXPECT_EQ(found["rejected"][0]["configuration"]["width"], 4);
  EXPECT_EQ(found["rejected"][0]["reason"], "always answers class 0");
}

TEST(TuningJson, tells_what_the_test_rows_showed_and_of_what) {
  const auto study = sample_study_file();
  auto result = sample_tuning(study);
  EXPECT_EQ(json::parse(tuning_json(result))["test"], nullptr);
  explore::FinalTest test;
  test.configuration = {{1, 2}};
  test.quality = 0.86;
  test.baseline_quality = 0.87;
  test.verdict = explore::TestVerdict::within;
  test.sentence = "as promised";
  result.test = test;
  const json found = json::parse(tuning_json(result))["test"];
  EXPECT_EQ(found["configuration"]["width"], 2);
  EXPECT_EQ(found["recommended"], true);
  EXPECT_EQ(found["quality"], 0.86);
  EXPECT_EQ(found["drop"], nullptr);
  EXPECT_EQ(found["by_rows"], nullptr);
  EXPECT_EQ(found["verdict"], "within");
  EXPECT_EQ(found["sentence"], "as promised");
}

TEST(TuningJson, tells_how_well_full_runs_were_foretold) {
  const auto study = sample_study_file();
  auto result = sample_tuning(study);
  EXPECT_EQ(json::parse(tuning_json(result))["extrapolation"]["energy"], nullptr);
  result.extrapolation.quality = explore::ForetoldErrors{3, 2, 0.001, 0.01};
  EXPECT_EQ(json::parse(tuning_json(result))["extrapolation"]["quality"]["inside"], 2);
}

TEST(TuningJson, is_valid_whatever_a_program_printed) {
  const auto study = sample_study_file();
  auto result = sample_tuning(study);
  result.trials[2].outcome->reason = "\xff\xfe \"quoted\"";
  EXPECT_TRUE(json::accept(tuning_json(result)));
}

}  // namespace
}  // namespace turngreen::report
