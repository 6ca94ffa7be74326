#include "turngreen/engine/files/output_file.h"

#include <gmock/gmock.h>

#include <fstream>

#include "report/scratch_directory.h"

namespace turngreen::files {
namespace {

using testing::HasSubstr;

TEST(OutputFile, is_there_only_once_it_is_finished) {
  const report::ScratchDirectory scratch;
  std::ofstream(scratch / "out") << "old";
  {
    auto file = OutputFile::create(scratch / "out").value();
    ASSERT_TRUE(file.write("new"));
    EXPECT_EQ(report::content_of(scratch / "out"), "old");
  }
  EXPECT_EQ(report::content_of(scratch / "out"), "old");
  EXPECT_EQ(scratch.file_count(), 1u);
  auto file = OutputFile::create(scratch / "out").value();
  ASSERT_TRUE(file.write("new"));
  ASSERT_TRUE(file.finish());
  EXPECT_EQ(report::content_of(scratch / "out"), "new");
  EXPECT_EQ(scratch.file_count(), 1u);
}

TEST(OutputFile, a_full_disk_is_told_with_the_mend) {
  auto file = OutputFile::create("/dev/full").value();
  const auto written = file.write("x");
  ASSERT_FALSE(written);
  EXPECT_THAT(written.error().message,
              HasSubstr("/dev/full: cannot be written: No space left on device; free some space"));
}

TEST(OutputFile, a_folder_that_is_not_there_is_told) {
  const auto file = OutputFile::create("/nowhere/out");
  ASSERT_FALSE(file);
  EXPECT_THAT(file.error().message, HasSubstr("make the folder first"));
}

}  // namespace
}  // namespace turngreen::files
