#include <gmock/gmock.h>

#include "sample_tuning.h"

namespace turngreen::report {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(BestYaml, holds_a_value_for_every_knob) {
  const auto study = sample_study_file();
  const std::string text = best_yaml(sample_tuning(study));
  EXPECT_THAT(text, HasSubstr("study: \"digits\"\nbetter_than_baseline: true\nconfiguration:\n"));
  EXPECT_THAT(text, HasSubstr("\n  width: 2\n"));
  EXPECT_THAT(text, HasSubstr("saving: {estimate: 0.6, low: 0.55, high: 0.65}\n"));
  EXPECT_THAT(text, HasSubstr("quality: {metric: \"macro_f1\", estimate: 0.874,"));
  EXPECT_THAT(text, Not(HasSubstr("command"))) << "the pipeline is none";
}

TEST(BestYaml, quotes_the_words_of_the_command) {
  const auto study = sample_study_file();
  auto result = sample_tuning(study);
  result.command = {{"python3", "train.py", "--name=a: \"b\""}, "/studies", {"LR=1e-5"}};
  EXPECT_THAT(best_yaml(result), HasSubstr(R"(command: ["python3","train.py","--name=a: \"b\""])"));
  EXPECT_THAT(best_yaml(result),
              HasSubstr("directory: \"/studies\"\nenvironment: [\"LR=1e-5\"]\n"));
}

TEST(BestYaml, says_what_the_test_rows_showed_of_this_configuration_only) {
  const auto study = sample_study_file();
  auto result = sample_tuning(study);
  explore::FinalTest test;
  test.configuration = {{1, 2}};
  test.verdict = explore::TestVerdict::contradicts;
  test.sentence = "0.8 on the test rows";
  result.test = test;
  EXPECT_THAT(best_yaml(result),
              HasSubstr("test: {verdict: contradicts, said: \"0.8 on the test rows\"}\n"));
  result.test->configuration = {{0, 0}};
  EXPECT_THAT(best_yaml(result), Not(HasSubstr("test:")));
}

TEST(BestYaml, leaves_out_a_quality_that_is_not_known) {
  const auto study = sample_study_file();
  auto result = sample_tuning(study);
  result.recommendation.quality.reset();
  EXPECT_THAT(best_yaml(result), Not(HasSubstr("quality")));
}

}  // namespace
}  // namespace turngreen::report
