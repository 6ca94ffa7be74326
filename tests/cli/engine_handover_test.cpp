#include "cli/engine_handover.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <fstream>
#include <sstream>

#include "cli/turngreen_process.h"
#include "report/scratch_directory.h"

namespace turngreen::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(EngineHandover, an_engine_that_is_nowhere_is_told_with_the_mend) {
  std::ostringstream out;
  std::ostringstream err;
  Console console{out, err, {}, {}};
  EXPECT_EQ(hand_over(std::vector<std::string>{"/nowhere/turngreen-engine"},
                      std::vector<std::string>{"tokenize"}, console),
            1);
  EXPECT_THAT(err.str(), HasSubstr("turngreen tokenize: turngreen-engine does this"));
  EXPECT_THAT(err.str(), HasSubstr("TURNGREEN_ENGINE=ON"));
}

TEST(EngineHandover, an_engine_that_cannot_be_started_is_named_with_the_reason) {
  const report::ScratchDirectory scratch;
  const std::string place = (scratch / "turngreen-engine").string();
  std::ofstream(place) << "not executable";
  std::ostringstream out;
  std::ostringstream err;
  Console console{out, err, {}, {}};
  EXPECT_EQ(
      hand_over(std::vector<std::string>{place}, std::vector<std::string>{"tokenize"}, console), 1);
  EXPECT_THAT(err.str(), HasSubstr(place + " cannot be started: Permission denied"));
}

#ifdef TURNGREEN_HAS_ENGINE
TEST(EngineHandover, arguments_and_exit_status_pass_through_unchanged) {
  const Finished finished = TurngreenProcess({"tokenize", "--tokenizr", "x"}).wait();
  EXPECT_EQ(finished.status, 2);
  EXPECT_THAT(finished.err, HasSubstr("turngreen tokenize: "));
}
#endif

}  // namespace
}  // namespace turngreen::cli
