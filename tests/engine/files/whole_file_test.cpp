#include "turngreen/engine/files/whole_file.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include "report/scratch_directory.h"

namespace turngreen::files {
namespace {

using testing::HasSubstr;

TEST(WholeFile, is_read_up_to_the_limit) {
  const report::ScratchDirectory scratch;
  report::write_file(scratch / "f", "12345");
  EXPECT_EQ(read_whole_file(scratch / "f", 5).value(), "12345");
  EXPECT_THAT(read_whole_file(scratch / "f", 4).error().message,
              HasSubstr("/f: 5 bytes, where 4 are the most"));
  report::write_file(scratch / "empty", "");
  EXPECT_EQ(read_whole_file(scratch / "empty", 0).value(), "");
}

TEST(WholeFile, that_is_none_is_told_and_never_waited_for) {
  const report::ScratchDirectory scratch;
  ASSERT_EQ(::mkfifo((scratch / "pipe").c_str(), 0600), 0);
  EXPECT_THAT(read_whole_file(scratch / "pipe", 9).error().message, HasSubstr("no regular file"));
  EXPECT_THAT(read_whole_file(scratch.path(), 9).error().message, HasSubstr("no regular file"));
  EXPECT_EQ(read_whole_file(scratch / "none", 9).error().kind, Error::Kind::not_found);
}

}  // namespace
}  // namespace turngreen::files
