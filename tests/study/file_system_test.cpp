#include "study/file_system.h"

#include <gmock/gmock.h>

#include "report/scratch_directory.h"
#include "study/store_file.h"

namespace turngreen::study {
namespace {

using testing::HasSubstr;

TEST(FileSystem, network_file_systems_are_refused_with_the_reason_and_the_mend) {
  for (const std::uint32_t magic :
       {0x6969u, 0xff534d42u, 0xfe534d42u, 0x00c36400u, 0x0bd00bd0u, 0x01021997u}) {
    const auto checked = check_locks_hold("/home/me/turngreen.db", {magic, ""});
    ASSERT_FALSE(checked.has_value()) << magic;
    EXPECT_EQ(checked.error().kind, Error::Kind::unsupported);
    EXPECT_THAT(checked.error().message, HasSubstr("/home/me/turngreen.db"));
    EXPECT_THAT(checked.error().message, HasSubstr("two workers could take the same trial"));
    EXPECT_THAT(checked.error().message, HasSubstr("--store"));
  }
}

TEST(FileSystem, of_fuse_the_network_ones_are_refused_and_the_local_ones_taken) {
  constexpr std::uint32_t kFuse = 0x65735546;
  EXPECT_FALSE(check_locks_hold("s.db", {kFuse, "fuse.sshfs"}).has_value());
  EXPECT_TRUE(check_locks_hold("s.db", {kFuse, "fuse.fuse-overlayfs"}).has_value());
}

TEST(FileSystem, local_ones_are_taken) {
  EXPECT_TRUE(check_locks_hold("s.db", {0xef53, "ext4"}).has_value());
  EXPECT_TRUE(check_locks_hold("s.db", {0x01021994, "tmpfs"}).has_value());
}

TEST(FileSystem, of_a_file_that_is_not_there_that_of_its_directory_is_told) {
  const report::ScratchDirectory scratch;
  EXPECT_EQ(file_system_of(scratch / "no/such.db").magic, file_system_of(scratch.path()).magic);
  EXPECT_EQ(file_system_of("/proc/self/stat").magic, 0x9fa0u);
  EXPECT_EQ(file_system_of("/proc/self/stat").name, "proc");
}

TEST(FileSystem, a_store_on_a_network_file_system_is_not_even_made) {
  const report::ScratchDirectory scratch;
  EXPECT_FALSE(open_store_file(scratch / "s.db", {0x6969, "nfs4"}).has_value());
  EXPECT_EQ(scratch.file_count(), 0u);
}

}  // namespace
}  // namespace turngreen::study
