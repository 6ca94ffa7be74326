#include "pipeline/child_process.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <unistd.h>

#include <csignal>

#include "energy/fake_sysfs.h"
#include "pipeline/real_children.h"
#include "turngreen/energy/process_share.h"
#include "turngreen/energy/process_tree.h"

namespace turngreen::pipeline {
namespace {

using testing::HasSubstr;

TEST(ChildProcess, the_exit_status_comes_through) {
  EXPECT_EQ(run(shell("exit 7")).exit_status, 7);
  EXPECT_FALSE(run(shell("exit 7")).signal);
  EXPECT_EQ(run(starting({"true"})).exit_status, 0);
}

TEST(ChildProcess, a_signal_is_128_and_its_number) {
  const ChildEnd end = run(shell("kill -9 $$"));
  EXPECT_EQ(end.exit_status, 137);
  EXPECT_EQ(end.signal, 9);
}

TEST(ChildProcess, a_program_that_is_not_there_is_an_error_that_names_it) {
  const auto child = ChildProcess::start(starting({"no-such-program"}));
  ASSERT_FALSE(child);
  EXPECT_EQ(child.error().kind, Error::Kind::not_found);
  EXPECT_THAT(child.error().message, HasSubstr("no-such-program: no such program in PATH"));
}

TEST(ChildProcess, a_file_that_may_not_be_executed_is_an_error) {
  const auto child = ChildProcess::start(starting({"/etc/passwd"}));
  ASSERT_FALSE(child);
  EXPECT_EQ(child.error().kind, Error::Kind::no_permission);
}

TEST(ChildProcess, a_failed_start_leaves_no_process_behind) {
  ASSERT_FALSE(ChildProcess::start(starting({"no-such-program"})));
  EXPECT_THAT(energy::children_of(::getpid()), testing::IsEmpty());
}

TEST(ChildProcess, a_script_without_an_interpreter_line_is_the_shells) {
  energy::FakeSysfs folder;
  folder.write("script", "exit $(($1 + 1))");
  folder.chmod("script", 0755);
  EXPECT_EQ(run(starting({(folder.root() / "script").string(), "41"})).exit_status, 42);
}

TEST(ChildProcess, the_environment_is_the_one_given) {
  EXPECT_EQ(run(shell("test \"$GREETING\" = hello && test -z \"$HOME\"")).exit_status, 0);
}

TEST(ChildProcess, only_the_descriptors_named_are_inherited) {
  Ear ear;
  ChildStart how = shell("exec 2>/dev/null; echo heard >&" + std::to_string(ear.writer()));
  how.inherited = {ear.writer()};
  ASSERT_LE(ear.writer(), 9) << "for the shell's sake";
  EXPECT_EQ(run(how).exit_status, 0);
  how.inherited = {};
  EXPECT_NE(run(how).exit_status, 0);
  EXPECT_EQ(ear.to_end(), "heard\n");
}

TEST(ChildProcess, handlers_are_reset_the_mask_is_as_given_and_ignored_signals_stay_ignored) {
  struct sigaction handled {};
  struct sigaction ignored {};
  struct sigaction before_usr1 {};
  struct sigaction before_usr2 {};
  handled.sa_handler = [](int) {};
  ignored.sa_handler = SIG_IGN;
  ::sigaction(SIGUSR1, &handled, &before_usr1);
  ::sigaction(SIGUSR2, &ignored, &before_usr2);
  sigset_t mask;
  ::sigemptyset(&mask);
  ::sigaddset(&mask, SIGHUP);
  const std::uint64_t ignored_signals = ignored_here();
  const std::string status = status_at_start(mask, false);
  ::sigaction(SIGUSR1, &before_usr1, nullptr);
  ::sigaction(SIGUSR2, &before_usr2, nullptr);
  EXPECT_EQ(signals_of(status, "SigBlk"), 1U << (SIGHUP - 1));
  EXPECT_EQ(signals_of(status, "SigIgn"), ignored_signals);
  EXPECT_NE(signals_of(status, "SigIgn") & (1U << (SIGUSR2 - 1)), 0U);
  EXPECT_EQ(signals_of(status, "SigCgt"), 0U);
}

TEST(ChildProcess, its_descriptor_becomes_readable_at_its_end) {
  auto child = ChildProcess::start(shell("kill -STOP $$"));
  ASSERT_TRUE(child);
  pollfd watched{child->descriptor(), POLLIN, 0};
  EXPECT_EQ(::poll(&watched, 1, 0), 0);
  child->send(SIGKILL);
  EXPECT_EQ(::poll(&watched, 1, 5000), 1);
  EXPECT_EQ(child->wait()->signal, SIGKILL);
}

TEST(ChildProcess, the_time_of_the_children_it_waited_for_is_in_its_resources) {
  const ChildEnd end = run(
      shell("for i in 1 2 3; do sh -c 'i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done'; done"));
  EXPECT_GT(end.resources.user + end.resources.system, units::milliseconds(10));
  EXPECT_GT(end.resources.peak_memory_bytes, 500'000U);
}

TEST(ChildProcess, it_starts_within_its_cgroup_where_one_can_be_made) {
  auto share = energy::ProcessShare::prepare();
  ASSERT_TRUE(share);
  if (!share->cgroup_directory()) GTEST_SKIP() << "no cgroup v2 that this user may make groups in";
  ChildStart how =
      shell("for i in 1 2 3 4; do sh -c 'i=0; while [ $i -lt 5000 ]; do i=$((i+1)); done'; done");
  how.cgroup_directory = share->cgroup_directory();
  auto child = ChildProcess::start(how);
  ASSERT_TRUE(child);
  share->watch(child->id());
  EXPECT_EQ(share->basis(), energy::ProcessShare::Basis::cgroup);
  const auto end = child->wait();
  ASSERT_TRUE(end);
  const units::Duration waited = end->resources.user + end->resources.system;
  EXPECT_GT(share->read()->tree, waited * 0.8);
  EXPECT_LT(share->read()->tree, waited * 1.2 + units::milliseconds(10));
}

}  // namespace
}  // namespace turngreen::pipeline
