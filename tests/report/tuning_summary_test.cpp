#include <gmock/gmock.h>

#include <algorithm>

#include "sample_tuning.h"

namespace turngreen::report {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(TuningSummary, says_what_to_run_what_it_saves_and_on_what_evidence) {
  const auto study = sample_study_file();
  const std::string text = tuning_summary(sample_tuning(study));
  EXPECT_THAT(text, HasSubstr("study digits: 3 trials (1 failed)"));
  EXPECT_THAT(text, HasSubstr("140.0 J (1.40 baseline runs) spent"));
  EXPECT_THAT(text, HasSubstr("lr=1e-5, width=2"));
  EXPECT_THAT(text, HasSubstr("60.0 % (55.0 .. 65.0) of the baseline's 100.0 J"));
  EXPECT_THAT(text, HasSubstr("0.001 worse than the baseline"));
  EXPECT_THAT(text, HasSubstr("2 full runs of it, 1 of the baseline; energy: rapl_powercap"));
  EXPECT_THAT(text, HasSubstr("after 3 runs"));
  EXPECT_THAT(text, HasSubstr("no configuration is left"));
  EXPECT_LE(std::ranges::count(text, '\n'), 10);
}

TEST(TuningSummary, never_claims_more_certainty_than_there_is) {
  const auto study = sample_study_file();
  EXPECT_THAT(tuning_summary(sample_tuning(study)), HasSubstr("within the budget with 99 %"));
}

TEST(TuningSummary, says_that_the_baseline_is_the_best) {
  const auto study = sample_study_file();
  auto result = sample_tuning(study);
  result.recommendation.better_than_baseline = false;
  const std::string text = tuning_summary(result);
  EXPECT_THAT(text, HasSubstr("the baseline: nothing better"));
  EXPECT_THAT(text, Not(HasSubstr("saves")));
}

TEST(TuningSummary, marks_what_was_estimated) {
  const auto study = sample_study_file();
  auto result = sample_tuning(study);
  result.trials[0].outcome->estimated = units::joules(70);
  EXPECT_THAT(tuning_summary(result), HasSubstr("(50 % estimated, not measured)"));
}

TEST(TuningSummary, says_what_the_test_rows_showed_or_that_they_were_used_up) {
  const auto study = sample_study_file();
  auto result = sample_tuning(study);
  explore::FinalTest test;
  test.configuration = {{1, 2}};
  test.sentence = "this contradicts the validation rows";
  result.test = test;
  EXPECT_THAT(tuning_summary(result), HasSubstr("test          this contradicts the validation"));
  result.test->configuration = {{0, 1}};
  EXPECT_THAT(tuning_summary(result), HasSubstr("used up on width=4: this contradicts"));
}

TEST(TuningSummary, names_a_rejected_configuration_and_counts_the_others) {
  const auto study = sample_study_file();
  auto result = sample_tuning(study);
  result.rejections = {{{{0, 1}}, "always answers class 0"}, {{{0, 2}}, "the same"}};
  EXPECT_THAT(tuning_summary(result), HasSubstr("width=4: always answers class 0; and 1 more"));
}

}  // namespace
}  // namespace turngreen::report
