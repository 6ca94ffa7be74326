#include <gmock/gmock.h>

#include "cli/turngreen_process.h"
#include "report/scratch_directory.h"

namespace turngreen::cli {
namespace {

using testing::HasSubstr;

TEST(Run, becomes_the_command_where_it_was_tuned_and_as_it_was) {
  const report::ScratchDirectory scratch;
  const std::string best = (scratch / "best.yaml").string();
  report::write_file(scratch / "best.yaml",
                     "command: [sh, -c, \"echo $LR; pwd; exit 7\"]\ndirectory: \"" +
                         scratch.path().string() + "\"\nenvironment: [\"LR=1e-5\"]\n");
  const Finished finished = run_turngreen({"run", best});
  EXPECT_EQ(finished.status, 7) << finished.err;
  EXPECT_EQ(finished.out, "1e-5\n" + scratch.path().string() + "\n");
}

TEST(Run, says_why_it_could_not_be_started) {
  const report::ScratchDirectory scratch;
  const std::string best = (scratch / "best.yaml").string();
  report::write_file(scratch / "best.yaml", "command: [/nowhere/program]\n");
  EXPECT_EQ(run_turngreen({"run", best}).status, 1);
  EXPECT_THAT(run_turngreen({"run", best}).err, HasSubstr("/nowhere/program cannot be started"));
  report::write_file(scratch / "best.yaml", "command: [ls]\ndirectory: /nowhere\n");
  EXPECT_THAT(run_turngreen({"run", best}).err, HasSubstr("the command is to run there"));
  EXPECT_THAT(run_turngreen({"run", (scratch / "none.yaml").string()}).err,
              HasSubstr("turngreen tune writes one"));
}

}  // namespace
}  // namespace turngreen::cli
