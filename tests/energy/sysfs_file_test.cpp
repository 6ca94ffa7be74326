#include "energy/sysfs_file.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <string>

#include "energy/as_nobody.h"
#include "energy/fake_sysfs.h"

namespace turngreen::energy {
namespace {

SysfsFile::Number number_in(const std::string& contents) {
  FakeSysfs tree;
  tree.write("value", contents);
  return SysfsFile::open(tree.root() / "value").value().read_number();
}

TEST(SysfsFile, reads_a_number_anew_each_time) {
  FakeSysfs tree;
  tree.write("value", "12");
  const SysfsFile file = SysfsFile::open(tree.root() / "value").value();
  EXPECT_EQ(file.read_number().reading(), Reading::of(12));
  tree.write("value", "13");
  EXPECT_EQ(file.read_number().reading(), Reading::of(13));
}

TEST(SysfsFile, the_largest_64_bit_number_is_read_and_the_next_is_garbage) {
  EXPECT_EQ(number_in("18446744073709551615").value, 18446744073709551615U);
  EXPECT_EQ(number_in("18446744073709551616").state, SysfsFile::State::garbage);
}

TEST(SysfsFile, what_is_no_whole_number_is_garbage_and_reads_as_missing) {
  for (const char* contents : {"", "-1", "12 34", "1e3", "0x10", "abc", "12a", "nan"}) {
    EXPECT_EQ(number_in(contents).state, SysfsFile::State::garbage) << contents;
    EXPECT_EQ(number_in(contents).reading(), Reading::missing()) << contents;
  }
  EXPECT_EQ(number_in(std::string(100000, '7')).state, SysfsFile::State::garbage);
}

TEST(SysfsFile, a_removed_file_is_missing_although_its_descriptor_is_open) {
  FakeSysfs tree;
  tree.write("value", "12");
  const SysfsFile file = SysfsFile::open(tree.root() / "value").value();
  tree.remove("value");
  EXPECT_EQ(file.read_number().state, SysfsFile::State::missing);
}

TEST(SysfsFile, a_file_removed_after_it_was_read_is_missing_as_soon_as_it_stands_still) {
  FakeSysfs tree;
  tree.write("value", "12");
  const SysfsFile file = SysfsFile::open(tree.root() / "value").value();
  EXPECT_EQ(file.read_number().value, 12U);
  tree.write("value", "13");
  tree.remove("value");
  EXPECT_EQ(file.read_number().value, 13U);
  EXPECT_EQ(file.read_number().state, SysfsFile::State::missing);
  EXPECT_EQ(file.read_number().state, SysfsFile::State::missing);
}

TEST(SysfsFile, a_file_without_read_permission_is_told_from_one_that_is_not_there) {
  FakeSysfs tree;
  tree.write("value", "12");
  tree.chmod("value", 0);
  const AsNobody nobody;
  ASSERT_TRUE(nobody.effective());
  EXPECT_EQ(SysfsFile::open(tree.root() / "value").error().kind, Error::Kind::no_permission);
  EXPECT_EQ(SysfsFile::open(tree.root() / "other").error().kind, Error::Kind::not_found);
}

TEST(SysfsFile, a_right_lost_after_opening_reads_as_denied) {
  // The kernel checks the rights to sysctls at each read.
  const auto file = SysfsFile::open("/proc/sys/kernel/cad_pid");
  if (!file || file->read_number().state != SysfsFile::State::ok) GTEST_SKIP() << "no such sysctl";
  struct stat status {};
  ASSERT_EQ(stat("/proc/sys/kernel/cad_pid", &status), 0);
  if (geteuid() != 0 || (status.st_mode & 0004) != 0) GTEST_SKIP() << "everyone may read it here";
  const AsNobody nobody;
  EXPECT_EQ(file->read_number().reading(), Reading::denied());
}

TEST(SysfsFile, waits_for_nothing_and_reads_no_device) {
  FakeSysfs tree;
  tree.write("folder/value", "12");
  ASSERT_EQ(mkfifo((tree.root() / "pipe").c_str(), 0644), 0);
  std::filesystem::create_symlink("/dev/zero", tree.root() / "endless");
  std::filesystem::create_symlink("loop", tree.root() / "loop");
  EXPECT_EQ(SysfsFile::open(tree.root() / "folder").error().kind, Error::Kind::invalid_input);
  EXPECT_EQ(SysfsFile::open(tree.root() / "pipe").error().kind, Error::Kind::invalid_input);
  EXPECT_EQ(SysfsFile::open(tree.root() / "endless").error().kind, Error::Kind::invalid_input);
  EXPECT_EQ(SysfsFile::open(tree.root() / "loop").error().kind, Error::Kind::not_found);
}

TEST(SysfsFile, an_attribute_is_a_short_printable_text) {
  FakeSysfs tree;
  tree.write("name", "package-0");
  tree.write("long", std::string(300, 'x'));
  tree.write("binary", "a\x1b[31mb");
  EXPECT_EQ(read_attribute(tree.root() / "name").value(), "package-0");
  EXPECT_EQ(read_attribute(tree.root() / "long").error().kind, Error::Kind::invalid_input);
  EXPECT_EQ(read_attribute(tree.root() / "binary").error().kind, Error::Kind::invalid_input);
}

}  // namespace
}  // namespace turngreen::energy
