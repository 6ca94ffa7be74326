#include "cli/study_draft.h"

#include <gmock/gmock.h>

#include "turngreen/study/study_file.h"

namespace turngreen::cli {
namespace {

using testing::ElementsAreArray;
using testing::HasSubstr;
using testing::Not;

Result<study::StudyFile> study_of(const std::vector<std::string>& command) {
  return study::parse_study_file(study_text({.command = command}), "/tmp/study.yaml");
}

std::vector<std::string> run_of(const study::StudyFile& study) {
  return std::get<pipeline::CommandDescription>(study.pipeline).run;
}

TEST(StudyDraft, is_a_study_without_faults_that_runs_the_command) {
  const std::vector<std::string> command{"python3", "train.py", "--lr=5e-5", "--epochs", "3"};
  const auto study = study_of(command);
  ASSERT_TRUE(study) << study.error().message;
  EXPECT_EQ(study->name, "train");
  EXPECT_THAT(run_of(*study), ElementsAreArray(command));
  EXPECT_EQ(study->space.knobs().size(), 1u);
}

TEST(StudyDraft, numbers_of_options_are_suggested_as_knobs) {
  const std::string text =
      study_text({.command = {"./a", "--lr=5e-5", "--epochs", "3", "--max_length", "512", "-v"}});
  EXPECT_THAT(text,
              HasSubstr("# run: [\"./a\", \"--lr={lr}\", --epochs, \"{epochs}\", --max_length, "
                        "\"{max_length}\", \"-v\"]"));
  EXPECT_THAT(text, HasSubstr("  # lr: {values: [5e-5, 2.5e-05], ordered: true, phase: training}"));
  EXPECT_THAT(text, HasSubstr("  # epochs: {values: [3, 1], ordered: true, phase: training}"));
  EXPECT_THAT(text, HasSubstr("  # max_length: {values: [512, 256]}\n"));
}

TEST(StudyDraft, suggestions_are_a_study_too_once_the_comments_are_taken_away) {
  std::string text = study_text({.command = {"./a", "--lr=5e-5", "--epochs", "3"}});
  text.replace(text.find("  # lr:"), 4, "  ");
  text.replace(text.find("  # epochs:"), 4, "  ");
  const auto study = study::parse_study_file(text, "/tmp/study.yaml");
  ASSERT_TRUE(study) << study.error().message;
  EXPECT_EQ(study->space.knobs().size(), 3u);
}

TEST(StudyDraft, a_seed_is_no_knob) {
  EXPECT_THAT(study_text({.command = {"./a", "--seed", "7"}}), Not(HasSubstr("# seed:")));
}

TEST(StudyDraft, words_of_any_kind_come_through_whole) {
  const std::vector<std::string> words{"./a b", "",  "-",     "---",  "a: b", "#x",
                                       "null",  "~", "\"q\"", "\\n",  "*x",   "&y",
                                       "[1]",   "'", ",",     "\t\n", "!t",   "%"};
  const auto study = study_of(words);
  ASSERT_TRUE(study) << study.error().message;
  EXPECT_THAT(run_of(*study), ElementsAreArray(words));
}

TEST(StudyDraft, braces_of_the_command_are_no_placeholders) {
  EXPECT_EQ(yaml_word("{print $1}"), "\"{{print $1}}\"");
}

TEST(StudyDraft, an_option_cannot_break_out_of_its_comment) {
  const auto study = study_of({"./a", "--x\nname: other\n#=3"});
  ASSERT_TRUE(study) << study.error().message;
  EXPECT_EQ(study->name, "a");
}

TEST(StudyDraft, threads_begin_with_all_processors) {
  EXPECT_THAT(study_text({.command = {"./a"}, .processors = 8}), HasSubstr("[8, 4, 2, 1]"));
  EXPECT_THAT(study_text({.command = {"./a"}, .processors = 1}), HasSubstr("values: [1]"));
}

}  // namespace
}  // namespace turngreen::cli
