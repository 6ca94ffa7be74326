#include "turngreen/report/comparison_text.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "explore/toy_study.h"

namespace turngreen::report {
namespace {

using explore::completed;
using explore::trial_of;
using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;

/// Three runs of each: b=on takes half the energy, and scores a little less.
class ComparisonText : public testing::Test {
 protected:
  ComparisonText() {
    for (const double noise : {-1.0, 0.0, 1.0}) {
      trials.push_back(trial_of({0}, completed({{"train", 100 + noise}}, 0.90 + 0.001 * noise)));
      trials.push_back(trial_of({1}, completed({{"train", 50 + noise}}, 0.88 + 0.001 * noise)));
    }
  }
  explore::Comparison compared() const { return explore::compare(study, trials, {{0}}, {{1}}); }
  std::string text(std::size_t columns = 120, bool colour = false) const {
    return comparison_text(compared(), study, {columns, colour});
  }

  study::StudyFile study = explore::study_of(explore::switches(1));
  std::vector<study::Trial> trials;
};

TEST_F(ComparisonText, each_quantity_has_both_means_the_difference_and_a_verdict) {
  const auto shown = text();
  EXPECT_THAT(shown, HasSubstr("A  baseline, 3 full runs\nB  a=on, 3 full runs\n"));
  EXPECT_THAT(shown, ContainsRegex("energy +100\\.0 \\+- 2\\.5 J +50\\.0 \\+- 2\\.5 J +"
                                   "-50\\.0 \\+- 2\\.3 J +-50\\.0 % +less +< 0\\.001"));
  EXPECT_THAT(shown, ContainsRegex("score +0\\.9000 .* worse +< 0\\.001"));
  EXPECT_THAT(shown, ContainsRegex("energy, train .* less"));
}

TEST_F(ComparisonText, where_lower_is_better_less_is_better) {
  study.quality.higher_is_better = false;
  EXPECT_THAT(text(), ContainsRegex("score .* better"));
}

TEST_F(ComparisonText, it_fits_a_narrow_terminal_without_losing_the_verdict) {
  EXPECT_THAT(text(85), Not(HasSubstr("< 0.001")));
  EXPECT_THAT(text(85), HasSubstr("verdict on B"));
}

TEST_F(ComparisonText, colour_is_for_terminals_only) {
  EXPECT_THAT(text(), Not(HasSubstr("\033")));
  EXPECT_THAT(text(120, true), HasSubstr("\033[1m"));
}

TEST_F(ComparisonText, what_cannot_be_tested_says_why) {
  trials.resize(2);
  const auto shown = text();
  EXPECT_THAT(shown, ContainsRegex("energy .* not testable +-"));
  EXPECT_THAT(shown, HasSubstr("no configuration was repeated"));
}

TEST_F(ComparisonText, what_was_not_measured_is_not_0) {
  for (auto& trial : trials) {
    if (trial.assignment.configuration.levels[0] == 1) trial.outcome->energy.reset();
  }
  EXPECT_THAT(text(), ContainsRegex("energy +100.* not measured +- +- +not testable"));
}

TEST_F(ComparisonText, names_with_control_characters_are_made_printable) {
  for (auto& trial : trials) trial.outcome->metrics[0].name = "score";
  trials[0].outcome->metrics.push_back({"ev\033[31mil", 1});
  EXPECT_THAT(text(), Not(HasSubstr("\033")));
}

TEST_F(ComparisonText, the_json_has_all_of_it_in_joules_and_seconds) {
  const auto json = nlohmann::json::parse(comparison_json(compared(), study));
  EXPECT_EQ(json["schema"], "turngreen.comparison/1");
  EXPECT_EQ(json["first"]["configuration"]["a"], "off");
  const auto& energy = json["quantities"][0];
  EXPECT_EQ(energy["unit"], "J");
  EXPECT_EQ(energy["first"]["value"], 100.0);
  EXPECT_EQ(energy["second"]["runs"], 3);
  EXPECT_NEAR(energy["difference"]["high"], -47.7, 0.1);
  EXPECT_EQ(energy["significance"], "different");
  EXPECT_TRUE(json["quantities"][2]["change"].is_null());
  EXPECT_TRUE(json["by_rows"].is_null());
}

}  // namespace
}  // namespace turngreen::report
