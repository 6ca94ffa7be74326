#include "pipeline/signal_relay.h"

#include <gtest/gtest.h>
#include <poll.h>
#include <unistd.h>

#include <csignal>

#include "pipeline/real_children.h"

namespace turngreen::pipeline {
namespace {

TEST(SignalRelay, what_is_sent_to_us_reaches_the_child) {
  auto relay = SignalRelay::open();
  ASSERT_TRUE(relay);
  Ear ear;
  ChildStart how = shell("trap 'exit 9' USR1; echo . >&" + std::to_string(ear.writer()) +
                         "; while :; do sleep 0.01; done");
  how.inherited = {ear.writer()};
  auto child = ChildProcess::start(how);
  ASSERT_TRUE(child);
  ear.hear();
  ::kill(::getpid(), SIGUSR1);
  relay->pass_on(*child);
  EXPECT_EQ(child->wait()->exit_status, 9);
}

TEST(SignalRelay, what_the_child_sends_to_its_whole_group_does_not_come_back_to_it) {
  auto relay = SignalRelay::open();
  ASSERT_TRUE(relay);
  Ear ear;
  // As `kill -USR1 0` would reach us, without reaching whatever else runs in this group.
  ChildStart how = shell("n=0; trap 'n=$((n+1))' USR1; kill -USR1 " + std::to_string(::getpid()) +
                         "; echo . >&" + std::to_string(ear.writer()) + "; sleep 0.05; exit $n");
  how.inherited = {ear.writer()};
  auto child = ChildProcess::start(how);
  ASSERT_TRUE(child);
  ear.hear();
  pollfd watched{relay->descriptor(), POLLIN, 0};
  ASSERT_EQ(::poll(&watched, 1, 0), 1);
  relay->pass_on(*child);
  EXPECT_EQ(child->wait()->exit_status, 0);
}

TEST(SignalRelay, a_signal_that_came_at_the_very_end_does_not_end_us) {
  {
    const auto relay = SignalRelay::open();
    ASSERT_TRUE(relay);
    ::kill(::getpid(), SIGINT);
  }
  sigset_t pending;
  ::sigpending(&pending);
  EXPECT_FALSE(::sigismember(&pending, SIGINT));
}

TEST(SignalRelay, the_mask_is_put_back) {
  sigset_t before;
  sigset_t after;
  ::pthread_sigmask(SIG_SETMASK, nullptr, &before);
  {
    const auto relay = SignalRelay::open();
    ::pthread_sigmask(SIG_SETMASK, nullptr, &after);
    EXPECT_TRUE(::sigismember(&after, SIGTERM));
  }
  ::pthread_sigmask(SIG_SETMASK, nullptr, &after);
  EXPECT_EQ(::sigismember(&after, SIGTERM), ::sigismember(&before, SIGTERM));
}

}  // namespace
}  // namespace turngreen::pipeline
