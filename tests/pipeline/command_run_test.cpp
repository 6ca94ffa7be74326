#include "turngreen/pipeline/command_run.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <thread>

#include "pipeline/measured_command.h"
#include "turngreen/energy/process_tree.h"
#include "turngreen/pipeline/repeat.h"

namespace turngreen::pipeline {
namespace {

using energy::Fault;
using energy::FaultKind;
using testing::ElementsAre;
using testing::HasSubstr;
using units::milliseconds;
using units::seconds;

// A line of the protocol, as a shell writes it.
std::string tell(const std::string& json) {
  return "printf '%s\\n' '" + json + "' >&\"$TURNGREEN_RUN_FD\"; ";
}
std::string begin(const std::string& stage) {
  return tell(R"({"event":"begin","stage":")" + stage + "\"}");
}
std::string end(const std::string& stage) {
  return tell(R"({"event":"end","stage":")" + stage + "\"}");
}

energy::Instant now() { return energy::Instant::now(); }

void end_orphans() {
  for (auto orphans = energy::children_of(::getpid()); !orphans.empty();
       orphans = energy::children_of(::getpid())) {
    for (const pid_t orphan : orphans) {
      ::kill(orphan, SIGKILL);
      ::waitpid(orphan, nullptr, 0);
    }
  }
}

TEST(CommandRun, the_status_of_the_command_is_passed_on) {
  const auto measurement = measure_shell("exit 7");
  EXPECT_EQ(measurement.exit_status, 7);
  EXPECT_FALSE(measurement.signal);
  EXPECT_THAT(measurement.command, ElementsAre("sh", "-c", "exit 7"));
}

TEST(CommandRun, a_command_killed_by_a_signal_is_measured_to_its_end) {
  const auto measurement = measure_shell(begin("work") + "kill -9 $$");
  EXPECT_EQ(measurement.exit_status, 137);
  EXPECT_EQ(measurement.signal, SIGKILL);
  EXPECT_TRUE(find_stage(measurement.energy, "work").open_at_end);
  EXPECT_TRUE(measurement.energy.total.energy);
}

TEST(CommandRun, a_program_that_is_not_there_is_an_error_and_leaves_nothing) {
  const auto measured = run_command(measuring({"no-such-program"}));
  ASSERT_FALSE(measured);
  EXPECT_THAT(measured.error().message, HasSubstr("no-such-program"));
  EXPECT_THAT(energy::children_of(::getpid()), testing::IsEmpty());
}

TEST(CommandRun, options_that_make_no_sense_are_errors) {
  EXPECT_FALSE(run_command(measuring({})));
  auto options = measuring({"true"});
  options.period = seconds(2);
  ASSERT_FALSE(run_command(options));
  EXPECT_THAT(run_command(options).error().message, HasSubstr("between 0.001 s and 1 s"));
}

TEST(CommandRun, the_package_that_drew_something_is_told) {
  OnePackage machine;
  auto options = measuring({"sh", "-c", "echo 1000005 > \"$0\"",
                            machine.powercap().energy_file("intel-rapl:0").string()});
  options.places = machine.places();
  const auto measurement = measure(options);
  const auto& domains = measurement.energy.domains;
  for (std::size_t i = 0; i < domains.size(); ++i) {
    if (domains[i].name != "package-0") continue;
    const auto& energy = *measurement.energy.domain_totals[i].energy;
    EXPECT_GT(energy.value, units::joules(0));
    EXPECT_LE(energy.low, units::joules(1));
    EXPECT_GE(energy.high, units::joules(1));
    return;
  }
  FAIL() << "no package-0";
}

TEST(CommandRun, stages_and_all_that_is_told_come_into_the_measurement) {
  const auto measurement = measure_shell(
      begin("train") + begin("epoch") + tell(R"({"event":"progress","samples":64})") +
      end("epoch") + end("train") + tell(R"({"event":"metric","name":"f1","value":0.91})") +
      tell(R"({"event":"effective","knob":"precision","value":"bf16"})") +
      tell(R"({"event":"predictions","file":"p.jsonl"})"));
  ASSERT_EQ(measurement.energy.stages.size(), 2U);
  EXPECT_EQ(measurement.energy.stages[1].name, "epoch");
  EXPECT_EQ(measurement.energy.stages[1].parent, 0U);
  EXPECT_EQ(measurement.progress.at(0).stage, "epoch");
  EXPECT_EQ(measurement.metrics.at(0).value, 0.91);
  EXPECT_EQ(std::get<std::string>(measurement.effective.at(0).value), "bf16");
  EXPECT_EQ(measurement.predictions_file, "p.jsonl");
  EXPECT_EQ(find_fault(measurement.energy, FaultKind::protocol), nullptr);
}

TEST(CommandRun, what_a_short_command_told_just_before_its_end_is_not_lost) {
  for (int i = 0; i < 20; ++i) {
    const auto measurement = measure_shell(begin("a") + end("a"));
    ASSERT_EQ(measurement.energy.stages.size(), 1U);
    ASSERT_EQ(measurement.energy.stages[0].count, 1U);
  }
}

TEST(CommandRun, malformed_lines_are_said_once_and_the_rest_is_heard) {
  const auto measurement = measure_shell(
      tell("nonsense") + tell(R"({"event":"begn","stage":"a"})") + begin("b") + end("b"));
  const Fault* fault = find_fault(measurement.energy, FaultKind::protocol);
  ASSERT_NE(fault, nullptr);
  EXPECT_EQ(fault->count, 2U);
  EXPECT_THAT(fault->detail, HasSubstr("nonsense"));
  EXPECT_EQ(find_stage(measurement.energy, "b").count, 1U);
}

long peak_memory_kilobytes() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

TEST(CommandRun, a_line_of_a_gigabyte_costs_no_memory_and_is_said) {
  const long before = peak_memory_kilobytes();
  const auto measurement = measure_shell(
      "head -c 1000000000 /dev/zero >&\"$TURNGREEN_RUN_FD\"; echo >&\"$TURNGREEN_RUN_FD\"; " +
      begin("after"));
  EXPECT_LT(peak_memory_kilobytes() - before, 20'000);
  const Fault* fault = find_fault(measurement.energy, FaultKind::protocol);
  ASSERT_NE(fault, nullptr);
  EXPECT_EQ(fault->count, 1U);
  EXPECT_THAT(fault->detail, HasSubstr("longer than 65536 bytes"));
  EXPECT_EQ(find_stage(measurement.energy, "after").count, 1U);
}

TEST(CommandRun, a_daemon_that_keeps_everything_open_is_said_and_not_waited_for) {
  const auto start = now();
  const auto measurement = measure_shell("sleep 60 & sleep 60 & exit 0");
  EXPECT_LT(now() - start, seconds(10));
  const Fault* fault = find_fault(measurement.energy, FaultKind::unmatched);
  ASSERT_NE(fault, nullptr);
  EXPECT_EQ(fault->count, 2U);
  EXPECT_THAT(fault->detail, HasSubstr("2 processes outlived the command"));
  end_orphans();
}

TEST(CommandRun, a_daemon_that_never_stops_writing_cannot_hold_the_end) {
  const auto start = now();
  const auto measurement =
      measure_shell("yes nonsense >&\"$TURNGREEN_RUN_FD\" & sleep 0.02; exit 3");
  EXPECT_LT(now() - start, seconds(10));
  EXPECT_EQ(measurement.exit_status, 3);
  EXPECT_NE(find_fault(measurement.energy, FaultKind::protocol), nullptr);
  end_orphans();
}

TEST(CommandRun, a_child_that_forks_twice_is_reaped_and_counted) {
  // The orphan works for a while and tells when it is done; the command waits for that word, not
  // for the orphan.
  const auto measurement = measure_shell(
      "exec 3<&0; dir=$(mktemp -d); mkfifo $dir/done; (sh -c 'i=0; while [ $i -lt 100000 ]; do "
      "i=$((i+1)); done; "
      "echo > \"$0\"' $dir/done &) ; read x < $dir/done; rm -r $dir; sleep 0.02");
  EXPECT_EQ(measurement.exit_status, 0);
  EXPECT_GT(measurement.resources.user, milliseconds(15));
  EXPECT_EQ(find_fault(measurement.energy, FaultKind::unmatched), nullptr);
  EXPECT_THAT(energy::children_of(::getpid()), testing::IsEmpty());
}

TEST(CommandRun, a_signal_sent_to_us_reaches_the_command) {
  std::thread sender([] {
    sigset_t all;  // this thread must not take the signal itself
    ::sigfillset(&all);
    ::pthread_sigmask(SIG_SETMASK, &all, nullptr);
    while (energy::children_of(::getpid()).empty()) ::usleep(1000);
    ::usleep(50'000);  // for the shell to set its trap
    ::kill(::getpid(), SIGTERM);
  });
  const auto measurement = measure_shell("trap 'exit 9' TERM; while :; do sleep 0.01; done");
  sender.join();
  EXPECT_EQ(measurement.exit_status, 9);
}

TEST(CommandRun, the_command_is_started_with_the_signals_as_they_were) {
  const energy::FakeSysfs folder;
  const auto copy = folder.root() / "status";
  measure(measuring({"cp", "/proc/self/status", copy.string()}));
  std::ifstream file(copy);
  const std::string status{std::istreambuf_iterator<char>(file), {}};
  EXPECT_THAT(status, HasSubstr("SigBlk:\t0000000000000000"));
}

TEST(CommandRun, an_outer_measurement_is_not_told_what_happens_in_an_inner_one) {
  ::setenv("TURNGREEN_RUN_PARENT", "outer.1", 1);
  ::setenv("TURNGREEN_RUN_FD", "77", 1);
  const auto measurement =
      measure_shell("test -z \"$TURNGREEN_RUN_PARENT\" && test \"$TURNGREEN_RUN_FD\" != 77");
  ::unsetenv("TURNGREEN_RUN_PARENT");
  ::unsetenv("TURNGREEN_RUN_FD");
  EXPECT_EQ(measurement.exit_status, 0);
}

TEST(CommandRun, this_process_is_left_as_it_was) {
  sigset_t before;
  sigset_t after;
  ::pthread_sigmask(SIG_SETMASK, nullptr, &before);
  measure_shell("exit 0");
  ::pthread_sigmask(SIG_SETMASK, nullptr, &after);
  EXPECT_EQ(::sigismember(&before, SIGINT), ::sigismember(&after, SIGINT));
  int subreaper = 1;
  ::prctl(PR_GET_CHILD_SUBREAPER, &subreaper);
  EXPECT_EQ(subreaper, 0);
}

TEST(CommandRun, live_numbers_come_while_the_command_runs) {
  int calls = 0;
  auto options = measuring({"sleep", "0.08"});
  options.live_period = milliseconds(10);
  options.live = [&](const energy::Statement& statement) {
    ++calls;
    EXPECT_FALSE(statement.domains.empty());
  };
  measure(options);
  EXPECT_GE(calls, 3);
  EXPECT_LE(calls, 9);
}

TEST(CommandRun, above_idle_is_the_total_less_idle_power_with_the_bounds_apart) {
  auto options = measuring({"true"});
  options.idle = Idle{Idle::Basis::given, {units::watts(2), units::watts(1), units::watts(3)}, {}};
  const auto measurement = measure(options);
  const auto& total = *measurement.energy.total.energy;
  const double time = measurement.energy.time().in_seconds();
  ASSERT_TRUE(measurement.above_idle);
  EXPECT_NEAR(measurement.above_idle->value.in_joules(), total.value.in_joules() - 2 * time, 1e-9);
  EXPECT_NEAR(measurement.above_idle->low.in_joules(), total.low.in_joules() - 3 * time, 1e-9);
  EXPECT_NEAR(measurement.above_idle->high.in_joules(), total.high.in_joules() - 1 * time, 1e-9);
  EXPECT_FALSE(measure(measuring({"true"})).above_idle);
}

TEST(CommandRun, a_process_share_says_how_it_was_taken_and_has_no_idle_of_its_own) {
  auto options = measuring({"sh", "-c", "i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done"});
  options.scope = Scope::process;
  options.idle = Idle{};
  const auto measurement = measure(options);
  EXPECT_TRUE(measurement.scope_basis == "cgroup" || measurement.scope_basis == "wait4 and /proc")
      << measurement.scope_basis;
  EXPECT_FALSE(measurement.above_idle);
  EXPECT_EQ(measure(measuring({"true"})).scope_basis, "");
}

TEST(CommandRun, a_machine_without_any_sensor_or_estimate_is_an_error_that_says_why) {
  energy::FakeSysfs empty;
  auto options = measuring({"true"});
  options.places.powercap = options.places.proc = empty.root();
  const auto measured = run_command(options);
  ASSERT_FALSE(measured);
  EXPECT_THAT(measured.error().message, HasSubstr("nothing tells energy on this machine"));
}

TEST(CommandRun, rest_is_measured_as_power_with_bounds) {
  const auto idle = measure_idle(measuring({}).places, milliseconds(30));
  ASSERT_TRUE(idle);
  EXPECT_EQ(idle->basis, Idle::Basis::measured);
  EXPECT_GE(idle->measured_for, milliseconds(30));
  EXPECT_LE(idle->power.low, idle->power.value);
  EXPECT_LE(idle->power.value, idle->power.high);
  EXPECT_FALSE(measure_idle(measuring({}).places, milliseconds(1)));
}

TEST(CommandRun, repeated_runs_end_where_the_caller_or_a_signal_ends_them) {
  RepeatOptions repeat;
  repeat.runs = 3;
  std::vector<std::size_t> numbers;
  repeat.after_run = [&](std::size_t run, const Measurement&) {
    numbers.push_back(run);
    return true;
  };
  EXPECT_EQ(run_repeatedly(measuring({"true"}), repeat)->size(), 3U);
  EXPECT_THAT(numbers, ElementsAre(0, 1, 2));
  EXPECT_EQ(run_repeatedly(measuring({"false"}), repeat)->size(), 3U);
  EXPECT_EQ(run_repeatedly(measuring({"sh", "-c", "kill -INT $$"}), repeat)->size(), 1U);
  repeat.after_run = [](std::size_t, const Measurement&) { return false; };
  EXPECT_EQ(run_repeatedly(measuring({"true"}), repeat)->size(), 1U);
}

}  // namespace
}  // namespace turngreen::pipeline
