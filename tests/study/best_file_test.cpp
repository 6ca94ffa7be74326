#include "turngreen/study/best_file.h"

#include <gmock/gmock.h>

namespace turngreen::study {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::string fault_of(std::string_view text) {
  const auto command = parse_best_file(text, "best.yaml");
  return command ? std::string() : command.error().message;
}

TEST(BestFile, has_a_command_with_its_directory_and_environment) {
  const auto command = parse_best_file(
      "study: \"a\"\nconfiguration:\n  lr: 1e-5\n"
      "command: [\"sh\",\"train.sh\",\"--name=a: \\\"b\\\"\"]\n"
      "directory: \"/studies\"\nenvironment: [\"LR=1e-5\"]\nsaving: {estimate: 0.5}\n",
      "best.yaml");
  ASSERT_TRUE(command) << command.error().message;
  EXPECT_THAT(command->words, ElementsAre("sh", "train.sh", "--name=a: \"b\""));
  EXPECT_EQ(command->directory, "/studies");
  EXPECT_THAT(command->environment, ElementsAre("LR=1e-5"));
}

TEST(BestFile, says_what_is_wrong_with_it) {
  EXPECT_THAT(fault_of("study: a\n"), HasSubstr("only a study of commands has one"));
  EXPECT_THAT(fault_of("command: []\n"), HasSubstr("best.yaml:1:"));
  EXPECT_THAT(fault_of("command: []\n"), HasSubstr("it names no program"));
  EXPECT_THAT(fault_of("command: ls -l\n"), HasSubstr("command"));
  EXPECT_THAT(fault_of("a: [\n"), HasSubstr("best.yaml:"));
  const auto missing = load_best_file("/nowhere/best.yaml");
  EXPECT_THAT(missing.error().message, HasSubstr("turngreen tune writes one"));
}

}  // namespace
}  // namespace turngreen::study
