#include "pipeline/program_paths.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cerrno>

namespace turngreen::pipeline {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(ProgramPaths, a_name_with_a_slash_is_a_path) {
  EXPECT_THAT(program_paths("./run", "/bin:/usr/bin"), ElementsAre("./run"));
}

TEST(ProgramPaths, a_plain_name_is_tried_in_every_folder_of_path) {
  EXPECT_THAT(program_paths("sh", "/bin::/usr/bin"), ElementsAre("/bin/sh", "./sh", "/usr/bin/sh"));
  EXPECT_THAT(program_paths("sh", ""), ElementsAre("./sh"));
}

TEST(ProgramPaths, a_reason_says_what_to_do) {
  EXPECT_EQ(explain_exec_error("trainn", {"/bin/trainn"}, ENOENT),
            "cannot start trainn: no such program in PATH; check its name or give its path");
  EXPECT_EQ(explain_exec_error("./nothing", {"./nothing"}, ENOENT),
            "cannot start ./nothing: no such file");
  EXPECT_THAT(explain_exec_error("/etc/hostname", {"/etc/hostname"}, ENOENT),
              HasSubstr("interpreter"));
  EXPECT_THAT(explain_exec_error("/etc", {"/etc"}, EACCES), HasSubstr("chmod +x"));
}

}  // namespace
}  // namespace turngreen::pipeline
