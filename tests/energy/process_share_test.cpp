#include "turngreen/energy/process_share.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <ctime>
#include <string>

#include "energy/fake_sysfs.h"

namespace turngreen::energy {
namespace {

using units::Duration;
using units::milliseconds;

constexpr const char* kNoCgroups = "/nonexistent";

/// /proc with this process, its child 500 and that one's child 501; times in ticks of 10 ms.
class FakeProc {
 public:
  FakeProc() {
    set_machine(1000);
    children(::getpid(), "");
  }
  void set_machine(int user_ticks) {
    proc_.write("stat", "cpu  " + std::to_string(user_ticks) +
                            " 10 20 99999 5555 3 4 777 0 0\ncpu0 1 1 1 1\ncpu1 1 1 1 1");
  }
  void children(pid_t process, const std::string& list) {
    proc_.write(std::to_string(process) + "/task/" + std::to_string(process) + "/children", list);
  }
  void process(pid_t process, int own, int waited_for) {
    proc_.write(std::to_string(process) + "/stat",
                std::to_string(process) + " (p) S 1 1 1 0 -1 0 0 0 0 0 " + std::to_string(own) +
                    " 0 " + std::to_string(waited_for) + " 0 20 0 1 0 5");
  }
  void end(pid_t process) { proc_.remove(std::to_string(process)); }
  Result<ProcessShare> prepare() { return ProcessShare::prepare(kNoCgroups, proc_.root()); }

 private:
  FakeSysfs proc_;
};

Duration ticks(std::int64_t count) {
  return units::nanoseconds(count * (1'000'000'000 / ::sysconf(_SC_CLK_TCK)));
}

TEST(ProcessShare, the_busy_machine_counts_no_idle_waiting_or_stolen_time) {
  FakeProc proc;
  auto share = proc.prepare();
  ASSERT_TRUE(share);
  EXPECT_EQ(share->read()->machine, ticks(1000 + 10 + 20 + 3 + 4));
  EXPECT_EQ(share->read()->machine_step, ticks(2));
}

TEST(ProcessShare, a_tree_that_has_not_started_has_used_nothing) {
  FakeProc proc;
  auto share = proc.prepare();
  ASSERT_TRUE(share);
  EXPECT_EQ(share->basis(), ProcessShare::Basis::proc);
  EXPECT_FALSE(share->cgroup_directory());
  EXPECT_EQ(share->read()->tree, Duration{});
}

TEST(ProcessShare, the_walk_sums_live_processes_and_the_children_they_waited_for) {
  FakeProc proc;
  auto share = proc.prepare();
  proc.children(::getpid(), "500");
  proc.children(500, "501");
  proc.process(500, 30, 4);
  proc.process(501, 7, 0);
  share->watch(500);
  EXPECT_EQ(share->read()->tree, ticks(41));
  EXPECT_EQ(share->read()->tree_step, ticks(2 * 4));
  EXPECT_THAT(share->pids(), testing::UnorderedElementsAre(500, 501));
}

TEST(ProcessShare, children_from_before_are_not_of_the_tree) {
  FakeProc proc;
  proc.children(::getpid(), "400");
  proc.process(400, 99, 99);
  auto share = proc.prepare();
  proc.children(::getpid(), "400 500");
  proc.process(500, 5, 0);
  share->watch(500);
  EXPECT_EQ(share->read()->tree, ticks(5));
}

TEST(ProcessShare, an_orphan_that_came_to_us_still_counts) {
  FakeProc proc;
  auto share = proc.prepare();
  proc.children(::getpid(), "500 502");
  proc.process(500, 5, 0);
  proc.process(502, 11, 0);
  share->watch(500);
  EXPECT_EQ(share->read()->tree, ticks(16));
}

TEST(ProcessShare, what_ended_keeps_counting_as_wait4_told_it) {
  FakeProc proc;
  auto share = proc.prepare();
  proc.children(::getpid(), "500");
  proc.process(500, 30, 4);
  share->watch(500);
  EXPECT_EQ(share->read()->tree, ticks(34));
  proc.children(::getpid(), "");
  proc.end(500);
  EXPECT_EQ(share->read()->tree, ticks(34))
      << "between its end and wait4's word it may not go back";
  share->add_ended(milliseconds(345));
  EXPECT_EQ(share->read()->tree, milliseconds(345));
}

TEST(ProcessShare, an_unreadable_machine_is_an_error_and_not_zero) {
  FakeSysfs empty;
  const auto share = ProcessShare::prepare(kNoCgroups, empty.root());
  ASSERT_FALSE(share);
  EXPECT_THAT(share.error().message, testing::HasSubstr("stat"));
}

void burn(Duration time) {
  timespec now{};
  do {
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  } while (units::nanoseconds(now.tv_sec * 1'000'000'000LL + now.tv_nsec) < time);
}

// Many children of 5 ms each: seen by no sampling at 10 Hz, and mostly below one tick.
void run_short_lived_children(int count) {
  for (int i = 0; i < count; ++i) {
    const pid_t child = ::fork();
    if (child == 0) {
      burn(milliseconds(5));
      ::_exit(0);
    }
    ::waitpid(child, nullptr, 0);
  }
}

TEST(ProcessShare, short_lived_children_count_by_proc_and_wait4) {
  auto share = ProcessShare::prepare(kNoCgroups);
  ASSERT_TRUE(share);
  const pid_t root = ::fork();
  if (root == 0) {
    run_short_lived_children(20);
    ::_exit(0);
  }
  share->watch(root);
  rusage usage{};
  ASSERT_EQ(::wait4(root, nullptr, 0, &usage), root);
  share->add_ended(units::microseconds(
      static_cast<double>((usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1'000'000 +
                          usage.ru_utime.tv_usec + usage.ru_stime.tv_usec)));
  EXPECT_GE(share->read()->tree, milliseconds(100));
  EXPECT_LE(share->read()->tree, milliseconds(400));
}

TEST(ProcessShare, a_root_outside_the_cgroup_is_told_from_proc) {
  auto share = ProcessShare::prepare();
  ASSERT_TRUE(share);
  const pid_t root = ::fork();  // not started in the cgroup
  if (root == 0) {
    ::pause();
    ::_exit(0);
  }
  share->watch(root);
  EXPECT_EQ(share->basis(), ProcessShare::Basis::proc);
  EXPECT_FALSE(share->cgroup_directory());
  ::kill(root, SIGKILL);
  ::waitpid(root, nullptr, 0);
}

}  // namespace
}  // namespace turngreen::energy
