#include "turngreen/report/explanation_text.h"

#include <gmock/gmock.h>

#include "sample_tuning.h"

namespace turngreen::report {
namespace {

using testing::HasSubstr;
using testing::Not;

explore::Explanation sample_explanation() {
  explore::Explanation made;
  made.knobs = {{0, 1, {0.5, 0.45, 0.55}, units::Bounded<double>{-0.01, -0.02, 0.0}, true},
                {1, 2, {0.9, 0.7, 1.1}, std::nullopt, false}};
  made.pairs = {{0, 1, 1, 1, {0.8, 0.7, 0.9}, explore::Verdict::synergy},
                {0, 1, 1, 2, {1.0, 0.6, 1.5}, explore::Verdict::not_distinguishable}};
  made.predicted = 20;
  made.inside = 19;
  return made;
}

TEST(ExplanationText, shows_factors_with_their_intervals) {
  const std::string text = explanation_text(sample_explanation(), sample_study_file(), false);
  EXPECT_THAT(text, testing::ContainsRegex("lr=1e-5 +0.500 +0.450 .. 0.550 +-0.0100"));
  EXPECT_THAT(text, testing::ContainsRegex("lr=1e-5 with width=4 +0.800 .*synergy"));
  EXPECT_THAT(text, HasSubstr("held 19 of 20 stage energies"));
}

TEST(ExplanationText, marks_what_was_never_tried) {
  const std::string text = explanation_text(sample_explanation(), sample_study_file(), false);
  EXPECT_THAT(text, HasSubstr("width=2 *"));
  EXPECT_THAT(text, HasSubstr("* never tried"));
  EXPECT_THAT(text, Not(HasSubstr("lr=1e-5 *")));
}

TEST(ExplanationText, lists_pairs_that_cannot_be_told_only_when_asked) {
  const std::string some = explanation_text(sample_explanation(), sample_study_file(), false);
  EXPECT_THAT(some, Not(HasSubstr("lr=1e-5 with width=2")));
  EXPECT_THAT(some, HasSubstr("--all lists them"));
  const std::string all = explanation_text(sample_explanation(), sample_study_file(), true);
  EXPECT_THAT(all, HasSubstr("lr=1e-5 with width=2"));
  EXPECT_THAT(all, Not(HasSubstr("--all")));
}

TEST(ExplanationText, says_how_far_off_full_runs_were_foretold_where_some_were) {
  auto explanation = sample_explanation();
  EXPECT_THAT(explanation_text(explanation, sample_study_file(), false),
              Not(HasSubstr("foretold")));
  explanation.extrapolation.energy = explore::ForetoldErrors{5, 4, 0.0214, 0.1};
  explanation.extrapolation.quality = explore::ForetoldErrors{5, 5, 0.002, 0.004};
  const std::string text = explanation_text(explanation, sample_study_file(), false);
  EXPECT_THAT(text, HasSubstr("off by 2.1 % (median), 10.0 % at worst; 4 of 5 within the 95 %"));
  EXPECT_THAT(text, HasSubstr("their macro_f1 was off by 0.002 (median), 0.004 at worst; 5 of 5"));
}

}  // namespace
}  // namespace turngreen::report
