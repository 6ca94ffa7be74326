#include "turngreen/report/explanation_text.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "sample_tuning.h"

namespace turngreen::report {
namespace {

using nlohmann::json;

/// Of the sample study: lr=1e-5 alone, width=4 never tried, and the two together.
explore::Explanation sample_explanation() {
  explore::Explanation made;
  made.knobs = {{0, 1, {0.5, 0.45, 0.55}, units::Bounded<double>{-0.01, -0.02, 0.0}, true},
                {1, 1, {0.9, 0.7, 1.1}, std::nullopt, false}};
  made.pairs = {{0, 1, 1, 1, {0.8, 0.7, 0.9}, explore::Verdict::synergy}};
  made.predicted = 20;
  made.inside = 19;
  return made;
}

json explained(const explore::Explanation& explanation) {
  return json::parse(explanation_json(explanation, sample_study_file()));
}

TEST(ExplanationJson, names_the_study_and_its_schema) {
  const json found = explained(sample_explanation());
  EXPECT_EQ(found["schema"], "turngreen.explanation/1");
  EXPECT_EQ(found["study"], "digits");
}

TEST(ExplanationJson, values_are_numbers_where_the_study_file_has_numbers) {
  const json knob = explained(sample_explanation())["knobs"][0];
  EXPECT_EQ(knob["knob"], "lr");
  EXPECT_EQ(knob["value"], 1e-5);
  EXPECT_EQ(knob["factor"], (json{{"estimate", 0.5}, {"low", 0.45}, {"high", 0.55}}));
  EXPECT_EQ(knob["quality_change"], (json{{"estimate", -0.01}, {"low", -0.02}, {"high", 0.0}}));
  EXPECT_EQ(knob["tried"], true);
}

TEST(ExplanationJson, a_change_in_quality_that_is_not_known_is_null) {
  const json knob = explained(sample_explanation())["knobs"][1];
  EXPECT_EQ(knob["quality_change"], nullptr);
  EXPECT_EQ(knob["tried"], false);
}

TEST(ExplanationJson, a_pair_names_both_settings_and_its_verdict) {
  const json pair = explained(sample_explanation())["pairs"][0];
  EXPECT_EQ(pair["first"], (json{{"lr", 1e-5}}));
  EXPECT_EQ(pair["second"], (json{{"width", 4}}));
  EXPECT_EQ(pair["factor"]["high"], 0.9);
  EXPECT_EQ(pair["verdict"], "synergy");
}

TEST(ExplanationJson, tells_how_far_the_model_may_be_trusted) {
  auto explanation = sample_explanation();
  explanation.extrapolation.energy = explore::ForetoldErrors{5, 4, 0.02, 0.1};
  const json found = explained(explanation);
  EXPECT_EQ(found["leave_one_out"], (json{{"predicted", 20}, {"inside", 19}}));
  EXPECT_EQ(found["extrapolation"]["energy"],
            (json{{"runs", 5}, {"inside", 4}, {"median", 0.02}, {"worst", 0.1}}));
  EXPECT_EQ(found["extrapolation"]["quality"], nullptr);
}

}  // namespace
}  // namespace turngreen::report
