#include "pipeline/contained_run.h"

#include <gmock/gmock.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>

#include "energy/fake_sysfs.h"
#include "pipeline/measured_command.h"
#include "turngreen/energy/process_tree.h"

namespace turngreen::pipeline {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using units::milliseconds;
using units::seconds;
using Cut = ContainedRun::Cut;

/// Runs lines of shell, contained.
class Contained {
 public:
  Contained() {
    containment.output_log = folder_.root() / "output.log";
    containment.grace = milliseconds(50);
  }
  ContainedRun run(const std::string& line) {
    auto run = run_contained(measuring({"sh", "-c", line}), containment);
    if (!run) throw std::runtime_error(run.error().message);
    return *std::move(run);
  }
  Containment containment;

 private:
  energy::FakeSysfs folder_;
};

TEST(ContainedRun, the_command_has_a_session_of_its_own_and_nothing_to_read) {
  Contained contained;
  const auto run = contained.run("read line || echo nothing; cut -d ' ' -f 1,6 /proc/$$/stat");
  EXPECT_EQ(run.cut, Cut::none);
  const auto second_line = run.output_tail.substr(run.output_tail.find('\n') + 1);
  EXPECT_EQ(run.output_tail.substr(0, 8), "nothing\n");
  const auto space = second_line.find(' ');
  EXPECT_EQ(second_line.substr(0, space), second_line.substr(space + 1, space));
}

TEST(ContainedRun, a_program_that_ignores_sigterm_is_killed_after_the_grace) {
  Contained contained;
  contained.containment.timeout = milliseconds(200);
  const auto start = energy::Instant::now();
  const auto run = contained.run("trap '' TERM; while :; do sleep 0.01; done");
  EXPECT_GE(energy::Instant::now() - start, milliseconds(250));
  EXPECT_LT(energy::Instant::now() - start, seconds(4));
  EXPECT_EQ(run.cut, Cut::timeout);
  EXPECT_EQ(run.measurement.signal, SIGKILL);
}

TEST(ContainedRun, a_program_that_heeds_sigterm_may_say_goodbye) {
  Contained contained;
  contained.containment.timeout = milliseconds(200);
  contained.containment.grace = seconds(20);
  const auto run = contained.run("trap 'echo goodbye; exit 4' TERM; while :; do sleep 0.01; done");
  EXPECT_EQ(run.cut, Cut::timeout);
  EXPECT_EQ(run.measurement.exit_status, 4);
  EXPECT_THAT(run.output_tail, HasSubstr("goodbye"));
}

TEST(ContainedRun, processes_that_left_the_session_are_ended_too) {
  Contained contained;
  contained.containment.timeout = milliseconds(200);
  const auto run = contained.run(
      "setsid sh -c 'trap \"\" TERM; setsid sleep 1000 & sleep 1000' & "
      "(setsid sleep 1000 &) ; sleep 1000");
  EXPECT_EQ(run.cut, Cut::timeout);
  EXPECT_THAT(energy::children_of(::getpid()), IsEmpty());
}

TEST(ContainedRun, what_outlives_the_command_is_ended_and_said) {
  Contained contained;
  const auto run = contained.run("setsid sleep 1000 & sleep 1000 & exit 0");
  EXPECT_EQ(run.cut, Cut::none);
  EXPECT_THAT(energy::children_of(::getpid()), IsEmpty());
  const auto* fault = find_fault(run.measurement.energy, energy::FaultKind::unmatched);
  ASSERT_NE(fault, nullptr);
  EXPECT_THAT(fault->detail, HasSubstr("2 processes outlived the command"));
}

TEST(ContainedRun, a_program_that_forks_for_ever_is_ended_with_all_it_started) {
  Contained contained;
  contained.containment.timeout = milliseconds(300);
  // Each generation leaves its session and its parent; never more than some dozens at once.
  const auto run = contained.run(
      "f() { setsid sh -c 'sleep 0.01; exec sh -c \"$1\" x \"$1\"' x "
      "\"$1\" & }; s='(setsid sh -c \"$1\" x \"$1\" &) ; sleep 0.02'; for i in 1 2 3 4 5 6 7 8; do "
      "f \"$s\"; done; while :; do sleep 1; done");
  EXPECT_EQ(run.cut, Cut::timeout);
  EXPECT_THAT(energy::children_of(::getpid()), IsEmpty());
}

TEST(ContainedRun, a_signal_to_us_comes_to_our_handler_and_not_to_the_command) {
  Contained contained;
  static volatile std::sig_atomic_t interrupted = 0;
  struct sigaction action {
  }, before{};
  action.sa_handler = [](int) { interrupted = 1; };
  ::sigaction(SIGUSR1, &action, &before);
  contained.containment.watch_period = milliseconds(20);
  contained.containment.watch = [](const RunProgress&) -> std::optional<std::string> {
    return interrupted != 0 ? std::optional<std::string>("interrupted") : std::nullopt;
  };
  const auto run = contained.run("kill -USR1 " + std::to_string(::getpid()) + "; exec sleep 1000");
  ::sigaction(SIGUSR1, &before, nullptr);
  EXPECT_EQ(run.cut, Cut::stopped);
  EXPECT_EQ(run.stop_reason, "interrupted");
}

TEST(ContainedRun, variables_take_the_place_of_ours) {
  ::setenv("TURNGREEN_TEST_VARIABLE", "outer", 1);
  Contained contained;
  contained.containment.environment = {"TURNGREEN_TEST_VARIABLE=inner"};
  EXPECT_EQ(contained.run("echo $TURNGREEN_TEST_VARIABLE").output_tail, "inner\n");
  ::unsetenv("TURNGREEN_TEST_VARIABLE");
}

TEST(ContainedRun, a_log_that_cannot_be_written_is_an_error_before_the_start) {
  Contained contained;
  contained.containment.output_log = "/no/such/directory/output.log";
  EXPECT_THROW(contained.run("true"), std::runtime_error);
}

}  // namespace
}  // namespace turngreen::pipeline
