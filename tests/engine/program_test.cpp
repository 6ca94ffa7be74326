#include "program.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>
#include <sstream>
#include <vector>

#include "command_table.h"
#include "report/scratch_directory.h"

namespace turngreen::engine {
namespace {

using testing::HasSubstr;

struct Finished {
  int status;
  std::string out;
  std::string err;
};

Finished run(const std::vector<std::string>& arguments) {
  std::ostringstream out;
  std::ostringstream err;
  const int status = run_program(arguments, out, err);
  return {status, out.str(), err.str()};
}

TEST(EngineProgram, help_and_version_go_to_standard_output) {
  EXPECT_THAT(run({"--version"}).out, HasSubstr("turngreen-engine 0."));
  for (const Command& command : command_table()) {
    EXPECT_THAT(run({"--help"}).out, HasSubstr(std::string(command.name)));
    const Finished help = run({std::string(command.name), "--help"});
    EXPECT_EQ(help.status, 0);
    EXPECT_THAT(help.out, HasSubstr("turngreen " + std::string(command.name)));
  }
}

TEST(EngineProgram, what_is_mistyped_gets_the_nearest) {
  EXPECT_THAT(run({"tokenise"}).err, HasSubstr("did you mean tokenize?"));
  const Finished finished = run(
      {"tokenize", "--tokenizer", "t", "--input", "i", "--text", "c", "--output", "o", "--offset"});
  EXPECT_EQ(finished.status, 2);
  EXPECT_EQ(finished.err,
            "turngreen tokenize: there is no option --offset; did you mean --offsets? (see "
            "turngreen tokenize --help)\n");
}

TEST(EngineProgram, options_come_from_a_file_and_the_command_line_wins) {
  const report::ScratchDirectory scratch;
  const std::string config = (scratch / "c.yaml").string();
  report::write_file(scratch / "c.yaml", "json: true\n");
  EXPECT_TRUE(nlohmann::json::accept(run({"describe", "--config", config}).out));
  EXPECT_FALSE(nlohmann::json::accept(run({"describe", "--config", config, "--json=false"}).out));
}

TEST(EngineProgram, a_fault_in_a_configuration_file_has_its_line) {
  const report::ScratchDirectory scratch;
  const std::string config = (scratch / "c.yaml").string();
  report::write_file(scratch / "c.yaml", "input: a\n\nmax_lenght: 3\n");
  EXPECT_EQ(run({"tokenize", "--config", config}).err,
            "turngreen tokenize: " + config +
                ":3: there is no option max_lenght; did you mean max-length?\n");
  report::write_file(scratch / "c.yaml", "input: a\nthreads: none\n");
  const Finished finished = run({"tokenize", "--config=" + config});
  EXPECT_EQ(finished.status, 2);
  EXPECT_THAT(finished.err, HasSubstr(config + ":2: --threads"));
}

TEST(EngineProgram, knobs_are_set_by_their_ids) {
  EXPECT_TRUE(nlohmann::json::accept(run({"describe", "--set", "json=true"}).out));
  const report::ScratchDirectory scratch;
  const std::string config = (scratch / "c.yaml").string();
  report::write_file(scratch / "c.yaml", "json: false\n");
  EXPECT_TRUE(nlohmann::json::accept(run({"describe", "--config", config, "--set=json=true"}).out));
  EXPECT_THAT(run({"tokenize", "--set", "max_length=0"}).err, HasSubstr("--max-length"));
}

TEST(EngineProgram, a_knob_that_cannot_be_set_is_told_with_the_reason) {
  const auto told = [](const std::string& setting) {
    const Finished finished = run({"tokenize", "--set", setting});
    EXPECT_EQ(finished.status, 2);
    return finished.err;
  };
  EXPECT_THAT(told("max_lenght=3"), HasSubstr("did you mean max_length?"));
  EXPECT_THAT(told("power_limit=100"), HasSubstr("of the device"));
  EXPECT_THAT(told("max_length"), HasSubstr("must be knob=value"));
  EXPECT_THAT(run({"tokenize", "--set"}).err, HasSubstr("a knob must follow"));
  EXPECT_THAT(run({"tokenize", "--max-length=3", "--set", "max_length=4"}).err,
              HasSubstr("set twice"));
  EXPECT_THAT(run({"tokenize", "--set", "max_length=3", "--set", "max_length=4"}).err,
              HasSubstr("set twice"));
}

}  // namespace
}  // namespace turngreen::engine
