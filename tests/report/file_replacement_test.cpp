#include "turngreen/report/file_replacement.h"

#include <gmock/gmock.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>

#include "report/scratch_directory.h"

namespace turngreen::report {
namespace {

using testing::HasSubstr;

/// Stands in for a full disk: no file may grow beyond `bytes` while this lives.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) : before_handler_(std::signal(SIGXFSZ, SIG_IGN)) {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    rlimit limit = before_;
    limit.rlim_cur = bytes;
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FileSizeLimit() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, before_handler_);
  }

 private:
  void (*before_handler_)(int);
  rlimit before_{};
};

TEST(FileReplacement, the_new_content_is_there_and_nothing_else_is_left) {
  const ScratchDirectory scratch;
  ASSERT_TRUE(replace_file(scratch / "out.json", "first"));
  ASSERT_TRUE(replace_file(scratch / "out.json", "second"));
  EXPECT_EQ(content_of(scratch / "out.json"), "second");
  EXPECT_EQ(scratch.file_count(), 1u);
}

TEST(FileReplacement, a_write_that_fails_keeps_the_old_content_and_leaves_no_part) {
  const ScratchDirectory scratch;
  ASSERT_TRUE(replace_file(scratch / "out.json", "old"));
  Result<void> written;
  {
    const FileSizeLimit full(1000);
    written = replace_file(scratch / "out.json", std::string(100'000, 'x'));
  }
  ASSERT_FALSE(written);
  EXPECT_THAT(written.error().message, HasSubstr((scratch / "out.json").string()));
  EXPECT_EQ(content_of(scratch / "out.json"), "old");
  EXPECT_EQ(scratch.file_count(), 1u);
}

TEST(FileReplacement, a_full_device_is_an_error_that_says_what_to_do) {
  const auto written = replace_file("/dev/full", "text");
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().kind, Error::Kind::io);
  EXPECT_THAT(written.error().message, HasSubstr("/dev/full"));
  EXPECT_THAT(written.error().message, HasSubstr("free some space"));
}

TEST(FileReplacement, what_is_no_regular_file_is_written_to_and_not_replaced) {
  ASSERT_TRUE(replace_file("/dev/null", "text"));
  struct stat status {};
  ASSERT_EQ(::stat("/dev/null", &status), 0);
  EXPECT_TRUE(S_ISCHR(status.st_mode));
}

TEST(FileReplacement, a_symbolic_link_survives_and_its_target_changes) {
  const ScratchDirectory scratch;
  ASSERT_TRUE(replace_file(scratch / "real.json", "old"));
  std::filesystem::create_symlink(scratch / "real.json", scratch / "link.json");
  ASSERT_TRUE(replace_file(scratch / "link.json", "new"));
  EXPECT_TRUE(std::filesystem::is_symlink(scratch / "link.json"));
  EXPECT_EQ(content_of(scratch / "real.json"), "new");
}

TEST(FileReplacement, the_mode_of_a_replaced_file_is_kept) {
  const ScratchDirectory scratch;
  ASSERT_TRUE(replace_file(scratch / "out.json", "old"));
  ASSERT_EQ(::chmod((scratch / "out.json").c_str(), 0640), 0);
  ASSERT_TRUE(replace_file(scratch / "out.json", "new"));
  struct stat status {};
  ASSERT_EQ(::stat((scratch / "out.json").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07777, 0640u);
}

TEST(FileReplacement, a_missing_directory_is_found_before_anything_is_written) {
  const ScratchDirectory scratch;
  const auto checked = check_writable(scratch / "missing/out.json");
  ASSERT_FALSE(checked);
  EXPECT_EQ(checked.error().kind, Error::Kind::not_found);
  EXPECT_THAT(checked.error().message, HasSubstr("make the directory first"));
}

TEST(FileReplacement, a_directory_in_the_place_of_the_file_is_found) {
  const ScratchDirectory scratch;
  const auto checked = check_writable(scratch.path());
  ASSERT_FALSE(checked);
  EXPECT_THAT(checked.error().message, HasSubstr("name a file"));
}

TEST(FileReplacement, a_read_only_place_is_found) {
  const auto checked = check_writable("/proc/turngreen-test.json");
  ASSERT_FALSE(checked);
  EXPECT_THAT(checked.error().message, HasSubstr("/proc/turngreen-test.json"));
}

TEST(FileReplacement, a_check_leaves_nothing_behind) {
  const ScratchDirectory scratch;
  EXPECT_TRUE(check_writable(scratch / "out.json"));
  EXPECT_EQ(scratch.file_count(), 0u);
}

TEST(FileReplacement, a_relative_name_without_a_directory_is_fine) {
  EXPECT_TRUE(check_writable("turngreen-test-never-written.json"));
  EXPECT_FALSE(std::filesystem::exists("turngreen-test-never-written.json"));
}

}  // namespace
}  // namespace turngreen::report
