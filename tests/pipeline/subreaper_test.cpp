#include "pipeline/subreaper.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <unistd.h>

#include <csignal>

#include "pipeline/real_children.h"
#include "turngreen/energy/process_tree.h"

namespace turngreen::pipeline {
namespace {

TEST(Subreaper, an_orphan_is_ours_to_wait_for_and_its_use_is_counted) {
  Subreaper subreaper;
  Ear ear;
  // The grandchild outlives its parent, works, and is adopted.
  ChildStart how = shell("(i=0; while [ $i -lt 30000 ]; do i=$((i+1)); done; echo . >&" +
                         std::to_string(ear.writer()) + ") & exit 0");
  how.inherited = {ear.writer()};
  auto child = ChildProcess::start(how);
  ASSERT_TRUE(child);
  subreaper.leave_alone(child->id());
  ASSERT_TRUE(child->wait());
  ear.hear();
  while (subreaper.survivors() > 0) ::usleep(1000);
  const ResourceUse used = subreaper.reap();
  EXPECT_GT(used.user + used.system, units::milliseconds(5));
  EXPECT_THAT(energy::children_of(::getpid()), testing::IsEmpty());
}

TEST(Subreaper, survivors_are_counted_with_all_below_them) {
  Subreaper subreaper;
  auto child = ChildProcess::start(shell("sh -c 'sleep 60 & wait' & exit 0"));
  ASSERT_TRUE(child);
  ASSERT_TRUE(child->wait());
  while (subreaper.survivors() < 2) ::usleep(1000);
  EXPECT_EQ(subreaper.survivors(), 2U);
  while (true) {
    const auto orphans = energy::children_of(::getpid());
    if (orphans.empty()) break;
    for (const pid_t orphan : orphans) ::kill(orphan, SIGKILL);
    subreaper.reap();
  }
}

TEST(Subreaper, our_own_children_are_left_alone) {
  auto own = ChildProcess::start(shell("exit 3"));
  ASSERT_TRUE(own);
  pollfd watched{own->descriptor(), POLLIN, 0};
  ASSERT_EQ(::poll(&watched, 1, 5000), 1);
  Subreaper subreaper;
  subreaper.reap();
  EXPECT_EQ(own->wait()->exit_status, 3);
}

TEST(Subreaper, a_process_that_ignores_the_end_of_children_can_wait_all_the_same) {
  struct sigaction ignored {};
  struct sigaction before {};
  ignored.sa_handler = SIG_IGN;
  ::sigaction(SIGCHLD, &ignored, &before);
  const std::uint64_t ignored_signals = ignored_here();
  {
    const Subreaper subreaper;
    EXPECT_TRUE(subreaper.child_signal_was_ignored());
    EXPECT_EQ(run(shell("exit 3")).exit_status, 3);
    sigset_t none;
    ::sigemptyset(&none);
    EXPECT_EQ(signals_of(status_at_start(none, true), "SigIgn"), ignored_signals);
  }
  struct sigaction after {};
  ::sigaction(SIGCHLD, &before, &after);
  EXPECT_EQ(after.sa_handler, SIG_IGN);
}

}  // namespace
}  // namespace turngreen::pipeline
