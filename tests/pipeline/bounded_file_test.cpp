#include "turngreen/pipeline/bounded_file.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include "energy/fake_sysfs.h"

namespace turngreen::pipeline {
namespace {

using testing::HasSubstr;

TEST(BoundedFile, the_contents_come_whole_up_to_the_limit) {
  energy::FakeSysfs folder;
  folder.write("a", "hello");
  EXPECT_EQ(read_bounded_file(folder.root() / "a", 6), "hello\n");
  const auto refused = read_bounded_file(folder.root() / "a", 5);
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().message, HasSubstr("at most 5 are read"));
}

TEST(BoundedFile, a_file_with_a_hole_of_a_gigabyte_is_refused_at_once) {
  energy::FakeSysfs folder;
  folder.write("a", "x");
  std::filesystem::resize_file(folder.root() / "a", 1'000'000'000);
  const auto refused = read_bounded_file(folder.root() / "a", 1'000'000);
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().message, HasSubstr("1000000000 bytes"));
}

TEST(BoundedFile, a_pipe_a_folder_and_nothing_are_errors_and_nobody_waits) {
  energy::FakeSysfs folder;
  ASSERT_EQ(::mkfifo((folder.root() / "pipe").c_str(), 0600), 0);
  EXPECT_FALSE(read_bounded_file(folder.root() / "pipe", 10));
  EXPECT_FALSE(read_bounded_file(folder.root(), 10));
  const auto absent = read_bounded_file(folder.root() / "absent", 10);
  ASSERT_FALSE(absent);
  EXPECT_EQ(absent.error().kind, Error::Kind::not_found);
}

TEST(BoundedFile, files_that_tell_no_size_are_read_too) {
  const auto status = read_bounded_file("/proc/self/status", 100'000);
  ASSERT_TRUE(status);
  EXPECT_THAT(*status, HasSubstr("Name:"));
}

}  // namespace
}  // namespace turngreen::pipeline
