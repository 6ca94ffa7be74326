#include "pipeline/command_failure.h"

#include <gmock/gmock.h>

#include <csignal>

namespace turngreen::pipeline {
namespace {

using testing::HasSubstr;
using testing::Not;

ContainedRun ended_with(int exit_status, std::string output = "") {
  ContainedRun run;
  run.measurement.exit_status = exit_status;
  run.output_tail = std::move(output);
  return run;
}

ContainedRun killed_by(int signal, std::string output = "") {
  ContainedRun run = ended_with(128 + signal, std::move(output));
  run.measurement.signal = signal;
  return run;
}

std::string failure(const ContainedRun& run, const Containment& containment = {}) {
  return command_failure(run, containment).value_or("none");
}

TEST(CommandFailure, a_run_that_ended_well_or_was_stopped_on_purpose_has_not_failed) {
  EXPECT_FALSE(command_failure(ended_with(0, "MemoryError"), {}));
  ContainedRun stopped = killed_by(SIGTERM);
  stopped.cut = ContainedRun::Cut::stopped;
  EXPECT_FALSE(command_failure(stopped, {}));
}

TEST(CommandFailure, an_exit_status_is_told_with_the_last_line_that_was_printed) {
  EXPECT_EQ(failure(ended_with(3, "first\nno such file: x.csv\n\n")),
            "exit status 3; it printed last: 'no such file: x.csv'");
  EXPECT_EQ(failure(ended_with(3)), "exit status 3");
}

TEST(CommandFailure, a_timeout_says_how_long_it_had) {
  ContainedRun run = killed_by(SIGKILL);
  run.cut = ContainedRun::Cut::timeout;
  Containment containment;
  containment.timeout = units::seconds(90);
  EXPECT_THAT(failure(run, containment), HasSubstr("timeout: it had not ended after 1 min 30 s"));
}

TEST(CommandFailure, want_of_memory_is_told_by_the_kernel_or_by_what_the_program_says) {
  Containment containment;
  containment.memory_bytes = 500'000'000;
  ContainedRun by_kernel = killed_by(SIGKILL);
  by_kernel.out_of_memory = true;
  EXPECT_EQ(failure(by_kernel, containment),
            "out of memory: the kernel ended it (its limit is 500 MB)");
  EXPECT_EQ(failure(ended_with(1, "Traceback ...\nMemoryError\n"), containment),
            "out of memory: exit status 1, and its output says 'MemoryError' (its limit is 500 "
            "MB)");
}

TEST(CommandFailure, a_signal_has_its_name) {
  EXPECT_EQ(failure(killed_by(SIGSEGV)), "ended by signal 11 (SIGSEGV)");
}

TEST(CommandFailure, a_kill_that_was_not_ours_is_put_down_to_nobody_for_certain) {
  const auto reason = failure(killed_by(SIGKILL));
  EXPECT_THAT(reason, HasSubstr("often it is the kernel"));
  EXPECT_THAT(reason, Not(HasSubstr("out of memory")));
}

}  // namespace
}  // namespace turngreen::pipeline
