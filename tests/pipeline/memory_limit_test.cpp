#include "pipeline/memory_limit.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "report/scratch_directory.h"

namespace turngreen::pipeline {
namespace {

constexpr std::uint64_t kBytes = 300'000'000;

/// A mount without cgroup v2, so that the other limit is taken.
class MemoryLimitWithoutCgroups : public testing::Test {
 protected:
  MemoryLimit prepare(std::optional<std::uint64_t> bytes) const {
    return MemoryLimit::prepare(bytes, no_cgroups_ / "cgroup");
  }

 private:
  report::ScratchDirectory no_cgroups_;
};

TEST_F(MemoryLimitWithoutCgroups, bounds_the_address_space_of_each_process) {
  const MemoryLimit limit = prepare(kBytes);
  EXPECT_EQ(limit.address_space_bytes(), kBytes);
  EXPECT_FALSE(limit.cgroup_directory());
}

TEST_F(MemoryLimitWithoutCgroups, without_bytes_bounds_nothing) {
  EXPECT_FALSE(prepare(std::nullopt).address_space_bytes());
}

TEST_F(MemoryLimitWithoutCgroups, cannot_tell_that_it_was_exceeded_and_kills_nobody) {
  MemoryLimit limit = prepare(kBytes);
  const pid_t child = ::fork();
  if (child == 0) ::_exit(7);
  limit.hold(child);
  limit.kill_all();
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 7);
  EXPECT_FALSE(limit.exceeded());
}

}  // namespace
}  // namespace turngreen::pipeline
