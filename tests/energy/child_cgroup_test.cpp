#include "energy/child_cgroup.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <iterator>
#include <string>

#include "energy/as_nobody.h"
#include "energy/fake_sysfs.h"

namespace turngreen::energy {
namespace {

/// A directory laid out like a cgroup v2 mount; what mkdir makes in it stays empty, so only
/// refusals can be shown.
class FakeCgroups {
 public:
  FakeCgroups() {
    proc_.write("self/cgroup", "4:memory:/elsewhere\n0::/slice/ours");
    tree_.write("cgroup.controllers", "cpu");
    tree_.write("slice/ours/cgroup.procs", "1");
  }
  std::optional<ChildCgroup> make() { return ChildCgroup::make(tree_.root(), proc_.root()); }
  FakeSysfs& proc() { return proc_; }
  FakeSysfs& tree() { return tree_; }
  bool is_left_clean() const {
    int entries = 0;
    for ([[maybe_unused]] const auto& entry :
         std::filesystem::directory_iterator(tree_.root() / "slice/ours")) {
      ++entries;
    }
    return entries == 1;
  }

 private:
  FakeSysfs proc_;
  FakeSysfs tree_;
};

TEST(ChildCgroup, a_machine_with_cgroup_v1_only_has_none) {
  FakeCgroups fake;
  fake.tree().remove("cgroup.controllers");
  EXPECT_FALSE(fake.make());
}

TEST(ChildCgroup, a_group_outside_our_namespace_is_left_alone) {
  FakeCgroups fake;
  fake.proc().write("self/cgroup", "0::/../other");
  EXPECT_FALSE(fake.make());
}

TEST(ChildCgroup, without_the_right_to_write_there_is_none) {
  FakeCgroups fake;
  const AsNobody nobody;
  if (!nobody.effective()) GTEST_SKIP() << "cannot give up root's rights";
  if (::geteuid() != 65534) GTEST_SKIP() << "not root: the fake tree is ours to write";
  EXPECT_FALSE(fake.make());
}

TEST(ChildCgroup, one_that_counts_no_time_is_removed_again) {
  FakeCgroups fake;
  EXPECT_FALSE(fake.make());
  EXPECT_TRUE(fake.is_left_clean());
}

class RealCgroup : public testing::Test {
 protected:
  void SetUp() override {
    if (!cgroup_) GTEST_SKIP() << "no cgroup v2 that this user may make groups in";
  }
  // A child that waits in the group for a byte to end.
  pid_t start_member() {
    EXPECT_EQ(::pipe2(pipe_, O_CLOEXEC), 0);
    const pid_t child = ::fork();
    if (child == 0) {
      char byte = 0;
      ::close(pipe_[1]);
      [[maybe_unused]] const ssize_t got = ::read(pipe_[0], &byte, 1);
      ::_exit(0);
    }
    const int procs = ::openat(cgroup_->directory(), "cgroup.procs", O_WRONLY | O_CLOEXEC);
    const std::string number = std::to_string(child);
    EXPECT_GT(::write(procs, number.data(), number.size()), 0);
    ::close(procs);
    return child;
  }
  static std::string cgroups_of(const std::string& process) {
    std::ifstream file("/proc/" + process + "/cgroup");
    return {std::istreambuf_iterator<char>(file), {}};
  }
  void end_member(pid_t child) {
    ::close(pipe_[1]);
    ::waitpid(child, nullptr, 0);
    ::close(pipe_[0]);
  }

  std::optional<ChildCgroup> cgroup_ = ChildCgroup::make("/sys/fs/cgroup", "/proc");
  int pipe_[2] = {-1, -1};
};

TEST_F(RealCgroup, it_knows_its_members) {
  const pid_t child = start_member();
  EXPECT_TRUE(cgroup_->holds(child));
  EXPECT_FALSE(cgroup_->holds(::getpid()));
  end_member(child);
}

TEST_F(RealCgroup, a_new_one_has_used_nothing) { EXPECT_EQ(cgroup_->usage(), units::Duration{}); }

TEST_F(RealCgroup, who_outlives_it_goes_back_to_our_own_group) {
  const pid_t child = start_member();
  cgroup_.reset();
  const std::string ours = cgroups_of("self");
  const std::string theirs = cgroups_of(std::to_string(child));
  EXPECT_EQ(ours, theirs);
  EXPECT_NE(ours, "");
  end_member(child);
}

}  // namespace
}  // namespace turngreen::energy
