#include "cli/program.h"

#include <gmock/gmock.h>

#include <sstream>

#include "cli/command_table.h"
#include "cli/turngreen_process.h"

namespace turngreen::cli {
namespace {

using testing::HasSubstr;

Finished run(const std::vector<std::string>& arguments) {
  std::ostringstream out;
  std::ostringstream err;
  Console console{out, err, {}, {}};
  const int status = run_program(arguments, console);
  return {status, out.str(), err.str()};
}

TEST(Program, version_and_help_go_to_standard_output_everywhere) {
  EXPECT_THAT(run({"--version"}).out, HasSubstr("turngreen 0."));
  EXPECT_THAT(run({"--help"}).out, HasSubstr("measure"));
  for (const auto& command : command_table()) {
    const std::string name(command.name);
    const Finished version = run({name, "--version"});
    EXPECT_EQ(version.status, 0);
    EXPECT_THAT(version.out, HasSubstr("turngreen 0."));
    const Finished help = run({name, "--help"});
    EXPECT_EQ(help.status, 0);
    EXPECT_THAT(help.out, HasSubstr("Usage: turngreen " + name));
  }
}

TEST(Program, without_a_command_the_help_goes_to_standard_error) {
  const Finished finished = run({});
  EXPECT_EQ(finished.status, 2);
  EXPECT_EQ(finished.out, "");
  EXPECT_THAT(finished.err, HasSubstr("Usage"));
}

TEST(Program, a_mistyped_command_gets_the_nearest_one) {
  const Finished finished = run({"mesure"});
  EXPECT_EQ(finished.status, 2);
  EXPECT_THAT(finished.err, HasSubstr("did you mean measure?"));
}

TEST(Program, a_mistyped_option_gets_the_nearest_one_in_one_line) {
  const Finished finished = run({"sensors", "--jsn"});
  EXPECT_EQ(finished.status, 2);
  EXPECT_EQ(finished.err,
            "turngreen sensors: there is no option --jsn; did you mean --json? (see turngreen "
            "sensors --help)\n");
}

TEST(Program, wrong_usage_of_measure_is_125) {
  EXPECT_EQ(run({"measure", "--jsn=x", "--", "true"}).status, 125);
  EXPECT_EQ(run({"measure", "--json"}).status, 125);
}

TEST(Program, a_value_that_is_missing_is_named) {
  const Finished finished = run({"replay"});
  EXPECT_EQ(finished.status, 2);
  EXPECT_THAT(finished.err, HasSubstr("file"));
}

TEST(Program, what_follows_the_double_dash_is_the_commands_own) {
  const Finished finished = run({"measure", "--json", "/nonexistent/x", "--", "ls", "--help"});
  EXPECT_EQ(finished.status, 125);
  EXPECT_EQ(finished.out, "");
}

TEST(Program, a_full_standard_output_is_a_failure_that_is_said) {
  const Finished finished = run_turngreen({"--help"}, "/dev/full");
  EXPECT_EQ(finished.status, 1);
  EXPECT_THAT(finished.err, HasSubstr("cannot write to standard output"));
}

}  // namespace
}  // namespace turngreen::cli
