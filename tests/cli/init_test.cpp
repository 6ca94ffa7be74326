#include "cli/init.h"

#include <gmock/gmock.h>

#include "cli/turngreen_process.h"
#include "turngreen/study/study_file.h"

namespace turngreen::cli {
namespace {

using testing::HasSubstr;

TEST(Init, writes_a_study_file_that_can_be_read) {
  const report::ScratchDirectory scratch;
  const std::string file = (scratch / "study.yaml").string();
  const auto done =
      run_turngreen({"init", "--output", file, "--metric", "f1", "--", "./train", "--lr=5e-5"});
  EXPECT_EQ(done.status, 0) << done.err;
  const auto study = study::load_study_file(file);
  ASSERT_TRUE(study) << study.error().message;
  EXPECT_EQ(study->quality.metric, "f1");
}

TEST(Init, leaves_a_file_that_is_there_unless_forced) {
  const report::ScratchDirectory scratch;
  const std::string file = (scratch / "study.yaml").string();
  run_turngreen({"init", "--output", file, "--", "./first"});
  const auto refused = run_turngreen({"init", "--output", file, "--", "./second"});
  EXPECT_EQ(refused.status, 1);
  EXPECT_THAT(refused.err, HasSubstr("--force"));
  EXPECT_THAT(report::content_of(file), HasSubstr("first"));
  EXPECT_EQ(run_turngreen({"init", "--force", "--output", file, "--", "./second"}).status, 0);
  EXPECT_THAT(report::content_of(file), HasSubstr("second"));
}

TEST(Init, a_command_that_cannot_stand_in_a_study_file_is_refused_and_nothing_written) {
  const report::ScratchDirectory scratch;
  const std::string file = (scratch / "study.yaml").string();
  const auto refused = run_turngreen({"init", "--output", file, "--", "./a", "\xff"});
  EXPECT_EQ(refused.status, 2);
  EXPECT_THAT(refused.err, HasSubstr("not UTF-8"));
  EXPECT_FALSE(std::filesystem::exists(file));
}

}  // namespace
}  // namespace turngreen::cli
