#include "cli/man_page.h"

#include <gmock/gmock.h>

#include "cli/turngreen_process.h"

namespace turngreen::cli {
namespace {

using testing::HasSubstr;

TEST(ManPage, the_program_page_lists_every_command) {
  for (const auto& command : command_table()) {
    EXPECT_THAT(program_man_page(), HasSubstr("\\fB" + std::string(command.name) + "\\fR"));
  }
}

TEST(ManPage, a_command_page_has_its_options_with_real_minus_signs) {
  const std::string page = command_man_page(*find_command("measure"));
  EXPECT_THAT(page, HasSubstr(".SH OPTIONS"));
  EXPECT_THAT(page, HasSubstr("\\fB\\-\\-cool\\-down\\fR \\fIDURATION\\fR"));
  EXPECT_THAT(page, HasSubstr(".nf\n"));
}

TEST(ManPage, groff_reads_every_page_without_a_warning) {
  if (std::system("command -v groff > /dev/null") != 0) GTEST_SKIP() << "no groff here";
  const report::ScratchDirectory scratch;
  ASSERT_EQ(run_turngreen({"man", "--directory", scratch.path().string()}).status, 0);
  EXPECT_EQ(scratch.file_count(), command_table().size() + 1);
  for (const auto& page : std::filesystem::directory_iterator(scratch.path())) {
    const std::string warnings = page.path().string() + ".warnings";
    const std::string groff = "groff -man -Tutf8 -ww " + page.path().string();
    ASSERT_EQ(std::system((groff + " > /dev/null 2> " + warnings).c_str()), 0);
    EXPECT_EQ(report::content_of(warnings), "") << page.path();
    std::filesystem::remove(warnings);
  }
}

TEST(ManPage, an_unknown_command_gets_the_nearest_one) {
  const Finished finished = run_turngreen({"man", "mesure"});
  EXPECT_EQ(finished.status, 2);
  EXPECT_THAT(finished.err, HasSubstr("did you mean measure?"));
}

TEST(ManPage, a_directory_that_is_not_there_is_an_error) {
  const Finished finished = run_turngreen({"man", "--directory", "/nonexistent"});
  EXPECT_EQ(finished.status, 1);
  EXPECT_THAT(finished.err, HasSubstr("/nonexistent/turngreen.1"));
}

}  // namespace
}  // namespace turngreen::cli
