// The ready-made clients in clients/, each run as a user's program under a real measurement.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <string>

#include "energy/fake_sysfs.h"
#include "pipeline/measured_command.h"

namespace turngreen::pipeline {
namespace {

using energy::FaultKind;
using testing::HasSubstr;

Measurement measure_c(const std::string& what, const std::string& argument = "") {
  return measure(measuring({TURNGREEN_RUN_CLIENT_C, what, argument}));
}

std::string faults_of(const Measurement& measurement) {
  std::string text;
  for (const FaultKind kind : {FaultKind::protocol, FaultKind::unmatched, FaultKind::overflow}) {
    if (const auto* fault = find_fault(measurement.energy, kind)) text += fault->detail + "\n";
  }
  return text;
}

const energy::StageEnergy& stage(const Measurement& measurement, std::string_view name) {
  return find_stage(measurement.energy, name);
}

std::string parent_of(const Measurement& measurement, std::string_view name) {
  const auto& found = stage(measurement, name);
  return found.parent ? measurement.energy.stages[*found.parent].name : "";
}

std::optional<std::variant<std::string, double, bool>> effective(const Measurement& measurement,
                                                                 std::string_view knob) {
  for (const auto& value : measurement.effective) {
    if (value.knob == knob) return value.value;
  }
  return std::nullopt;
}

double metric(const Measurement& measurement, std::string_view name) {
  for (const auto& metric : measurement.metrics) {
    if (metric.name == name) return metric.value;
  }
  throw std::runtime_error("no metric " + std::string(name));
}

using Value = std::variant<std::string, double, bool>;

/// Each client is told to say the same.
void expect_everything(const Measurement& measurement, const std::string& step) {
  EXPECT_EQ(measurement.exit_status, 0);
  EXPECT_EQ(faults_of(measurement), "");
  EXPECT_EQ(stage(measurement, "train").count, 1U);
  EXPECT_EQ(parent_of(measurement, step), "train");
  ASSERT_EQ(measurement.progress.size(), 1U);
  EXPECT_EQ(measurement.progress[0].stage, step);
  EXPECT_EQ(measurement.progress[0].samples, 64U);
  EXPECT_EQ(measurement.progress[0].tokens, 8192U);
  EXPECT_EQ(metric(measurement, "f1"), 0.91);
  EXPECT_EQ(effective(measurement, "max_length"), Value(512.0));
  EXPECT_EQ(effective(measurement, "precision"), Value(std::string("bf16")));
  EXPECT_EQ(effective(measurement, "dedup"), Value(true));
  EXPECT_EQ(measurement.predictions_file, "p.jsonl");
}

TEST(CClient, everything_it_says_is_understood) {
  const auto measurement = measure_c("everything");
  expect_everything(measurement, "step \"1\" \\ ü ??");
  EXPECT_EQ(metric(measurement, "tiny"), 4.9406564584124654e-324);
}

TEST(CClient, without_the_descriptor_it_takes_the_socket) {
  expect_everything(measure_c("by_socket"), "step \"1\" \\ ü ??");
}

TEST(CClient, without_a_measurement_it_does_nothing) {
  ::unsetenv("TURNGREEN_RUN_FD");
  EXPECT_EQ(std::system(TURNGREEN_RUN_CLIENT_C " everything"), 0);
}

TEST(CClient, a_descriptor_that_is_no_pipe_of_ours_is_not_written_to) {
  const energy::FakeSysfs folder;
  const std::string file = (folder.root() / "file").string();
  const std::string command = "TURNGREEN_RUN_FD=7 " TURNGREEN_RUN_CLIENT_C " everything 7>" + file;
  EXPECT_EQ(std::system(command.c_str()), 0);
  EXPECT_EQ(std::filesystem::file_size(file), 0U);
  const std::string pipe = "TURNGREEN_RUN_FD=7 TURNGREEN_RUN_INODE=1 " TURNGREEN_RUN_CLIENT_C
                           " everything 7>&1 | grep -q .";
  EXPECT_NE(std::system(pipe.c_str()), 0) << "it wrote to somebody else's pipe";
}

TEST(CClient, a_reused_number_is_not_written_to_and_errno_is_kept) {
  const energy::FakeSysfs folder;
  const std::string file = (folder.root() / "file").string();
  const auto measurement = measure_c("reuse", file);
  EXPECT_EQ(measurement.exit_status, 0);
  EXPECT_EQ(std::filesystem::file_size(file), 0U);
  EXPECT_TRUE(stage(measurement, "before").open_at_end);
}

TEST(CClient, a_meter_that_has_gone_harms_nothing) {
  EXPECT_EQ(measure_c("deserted").exit_status, 0);
}

TEST(CClient, a_line_too_long_is_not_sent_and_a_name_too_long_is_cut) {
  const auto measurement = measure_c("too_long");
  EXPECT_EQ(measurement.exit_status, 0);
  EXPECT_EQ(faults_of(measurement), "");
  EXPECT_FALSE(stage(measurement, std::string(256, 'x')).open_at_end);
  EXPECT_TRUE(measurement.effective.empty());
}

TEST(CClient, stages_of_each_thread_nest_by_themselves) {
  const auto measurement = measure_c("threads");
  EXPECT_EQ(faults_of(measurement), "");
  EXPECT_EQ(measurement.energy.stages.size(), 2U);
  EXPECT_EQ(stage(measurement, "outer").count, 800U);
  EXPECT_EQ(stage(measurement, "inner").count, 800U);
  EXPECT_EQ(parent_of(measurement, "inner"), "outer");
}

TEST(CClient, forked_children_speak_for_themselves) {
  const auto measurement = measure_c("forks");
  EXPECT_EQ(faults_of(measurement), "");
  EXPECT_EQ(stage(measurement, "child").count, 4U);
  EXPECT_EQ(stage(measurement, "parent").count, 1U);
}

TEST(CClient, many_marks_are_all_counted) {
  const auto measurement = measure_c("marks", "10000");
  EXPECT_EQ(measurement.exit_status, 0);
  EXPECT_EQ(faults_of(measurement), "");
  EXPECT_EQ(stage(measurement, "step").count, 10'000U);
  RecordProperty("pair_us", std::to_string(metric(measurement, "pair_us")));
  // 20 us are asked for on a quiet machine (the benchmark shows that); a loaded one gets room.
  EXPECT_LT(metric(measurement, "pair_us"), 200);
}

TEST(CppClient, scopes_are_stages) {
  const auto measurement = measure(measuring({TURNGREEN_RUN_CLIENT_CPP}));
  EXPECT_EQ(faults_of(measurement), "");
  EXPECT_EQ(measurement.energy.stages.size(), 4U);
  EXPECT_EQ(parent_of(measurement, "inner"), "outer");
  for (const auto* name : {"outer", "inner", "moved", "other"}) {
    EXPECT_EQ(stage(measurement, name).count, 1U) << name;
    EXPECT_FALSE(stage(measurement, name).open_at_end) << name;
  }
  EXPECT_EQ(effective(measurement, "max_length"), Value(512.0));
  EXPECT_EQ(effective(measurement, "rate"), Value(1e-5));
  EXPECT_EQ(effective(measurement, "dedup"), Value(true));
  EXPECT_EQ(effective(measurement, "precision"), Value(std::string("bf16")));
}

std::string sourced(const std::string& script) {
  return "set -eu; . '" TURNGREEN_CLIENTS "/turngreen_run.sh'; " + script;
}

class ShellClient : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    const std::string look = "command -v " + std::string(GetParam()) + " >/dev/null";
    if (std::system(look.c_str()) != 0) GTEST_SKIP() << "no " << GetParam() << " here";
  }
  Measurement measure_script(const std::string& script) {
    return measure(measuring({GetParam(), "-c", sourced(script)}));
  }
};

TEST_P(ShellClient, everything_it_says_is_understood) {
  const auto measurement = measure_script(
      R"sh(turngreen_begin train; turngreen_begin 'step "1" \ ü	'; turngreen_total 128; turngreen_progress 64 8192
      turngreen_end 'step "1" \ ü	'; turngreen_end train; turngreen_metric f1 0.91
      turngreen_effective max_length 512; turngreen_effective precision bf16; turngreen_effective dedup true
      turngreen_effective date 2024-01-01; turngreen_effective odd 1e; turngreen_predictions p.jsonl)sh");
  expect_everything(measurement, "step \"1\" \\ ü?");
  EXPECT_EQ(effective(measurement, "date"), Value(std::string("2024-01-01")));
  EXPECT_EQ(effective(measurement, "odd"), Value(std::string("1e")));
}

TEST_P(ShellClient, a_program_started_in_a_stage_marks_its_stages_within_it) {
  const auto measurement =
      measure_script("turngreen_begin outer; " TURNGREEN_RUN_CLIENT_C
                     " everything; turngreen_end outer; " TURNGREEN_RUN_CLIENT_C " marks 1");
  EXPECT_EQ(faults_of(measurement), "");
  EXPECT_EQ(parent_of(measurement, "train"), "outer");
  EXPECT_FALSE(stage(measurement, "step").parent);
}

TEST_P(ShellClient, subshells_side_by_side_have_spans_of_their_own) {
  const auto measurement = measure_script(
      "turngreen_begin all; for i in 1 2 3; do (turngreen_begin part; sleep 0.02; turngreen_end "
      "part) & done; wait; "
      "turngreen_end all");
  EXPECT_EQ(faults_of(measurement), "");
  EXPECT_EQ(stage(measurement, "part").count, 3U);
  EXPECT_EQ(parent_of(measurement, "part"), "all");
}

TEST_P(ShellClient, what_is_no_number_is_said) {
  const auto measurement = measure_script("turngreen_metric loss nan; turngreen_end never");
  EXPECT_THAT(faults_of(measurement), HasSubstr("value of \"loss\" is the text \"nan\""));
  EXPECT_THAT(faults_of(measurement), HasSubstr("never"));
}

TEST_P(ShellClient, a_meter_that_has_gone_harms_nothing) {
  // The pipe's reader ends at once; the script's status is heard through a file.
  const energy::FakeSysfs folder;
  const std::string file = (folder.root() / "status").string();
  ::setenv("SCRIPT", sourced("sleep 0.05; turngreen_begin a; turngreen_end a").c_str(), 1);
  const std::string command = "{ TURNGREEN_RUN_FD=9 " + std::string(GetParam()) +
                              " -c \"$SCRIPT\" 9>&1; echo $? >" + file + "; } | true";
  ASSERT_EQ(std::system(command.c_str()), 0);
  ::unsetenv("SCRIPT");
  std::ifstream status(file);
  int number = -1;
  status >> number;
  EXPECT_EQ(number, 0);
}

TEST_P(ShellClient, without_a_measurement_it_does_nothing) {
  ::setenv("SCRIPT",
           sourced("turngreen_begin a; turngreen_metric m 1; turngreen_end a; echo fine").c_str(),
           1);
  const std::string command = std::string(GetParam()) + " -c \"$SCRIPT\" | grep -qx fine";
  EXPECT_EQ(std::system(command.c_str()), 0);
  ::unsetenv("SCRIPT");
}

INSTANTIATE_TEST_SUITE_P(Shells, ShellClient, testing::Values("sh", "bash"),
                         [](const auto& shell) { return std::string(shell.param); });

class PythonClient : public testing::Test {
 protected:
  void SetUp() override {
    if (std::system("python3 -c 'import sys; sys.exit(sys.version_info < (3, 8))' 2>/dev/null") !=
        0) {
      GTEST_SKIP() << "no Python 3.8 or later here";
    }
  }
  static Measurement measure_script(const std::string& script) {
    return measure(measuring(
        {"python3", "-c",
         "import sys\nsys.dont_write_bytecode = True\nsys.path.insert(0, '" TURNGREEN_CLIENTS
         "')\nimport turngreen_run\nfrom turngreen_run import *\n" +
             script}));
  }
};

TEST_F(PythonClient, everything_it_says_is_understood) {
  const auto measurement = measure_script(R"py(
with stage("train"):
    with stage('step "1" \\ ü\t'):
        total(128)
        progress(64, tokens=8192)
metric("f1", 0.91)
effective("max_length", 512)
effective("precision", "bf16")
effective("dedup", True)
effective("none", None)
predictions("p.jsonl")
)py");
  expect_everything(measurement, "step \"1\" \\ ü?");
  EXPECT_EQ(effective(measurement, "none"), Value(std::string("None")));
}

TEST_F(PythonClient, a_child_whose_descriptors_were_closed_takes_the_socket_and_nests) {
  const auto measurement = measure_script(R"py(
import os, subprocess
outer = begin("outer")
os.environ["TURNGREEN_RUN_PARENT"] = outer
code = "import sys; sys.dont_write_bytecode = True; sys.path.insert(0, sys.argv[1])\nfrom turngreen_run import stage\nwith stage('inner'): pass"
subprocess.run([sys.executable, "-c", code, sys.path[0]], check=True)
end(outer)
)py");
  EXPECT_EQ(measurement.exit_status, 0);
  EXPECT_EQ(faults_of(measurement), "");
  EXPECT_EQ(parent_of(measurement, "inner"), "outer");
}

TEST_F(PythonClient, threads_forks_decorators_and_names_work) {
  const auto measurement = measure_script(R"py(
import os, threading
@stage("decorated")
def work():
    with stage("inner"): pass
threads = [threading.Thread(target=work) for _ in range(8)]
for t in threads: t.start()
for t in threads: t.join()
begin("by name"); end("by name")
if os.fork() == 0:
    with stage("forked"): pass
    os._exit(0)
os.wait()
)py");
  EXPECT_EQ(measurement.exit_status, 0);
  EXPECT_EQ(faults_of(measurement), "");
  EXPECT_EQ(stage(measurement, "decorated").count, 8U);
  EXPECT_EQ(parent_of(measurement, "inner"), "decorated");
  EXPECT_FALSE(stage(measurement, "by name").open_at_end);
  EXPECT_EQ(stage(measurement, "forked").count, 1U);
}

TEST_F(PythonClient, a_loss_that_is_not_finite_and_a_text_too_long_harm_nothing) {
  const auto measurement = measure_script(R"py(
metric("loss", float("nan"))
effective("long", "x" * 10000)
predictions(b"\xff")
)py");
  EXPECT_EQ(measurement.exit_status, 0);
  EXPECT_THAT(faults_of(measurement), HasSubstr("value of \"loss\" is the text \"nan\""));
}

TEST_F(PythonClient, a_meter_that_has_gone_harms_nothing_even_with_the_default_for_sigpipe) {
  const auto measurement = measure_script(R"py(
import os, signal
for action in (signal.SIG_IGN, signal.SIG_DFL):
    signal.signal(signal.SIGPIPE, action)
    r, w = os.pipe()
    os.environ.pop("TURNGREEN_RUN_INODE", None)
    os.environ["TURNGREEN_RUN_FD"] = str(w)
    os.environ["TURNGREEN_RUN_SOCKET"] = "/nonexistent"
    turngreen_run._way = turngreen_run._connect()
    os.close(r)
    with stage("unheard"): pass
)py");
  EXPECT_EQ(measurement.exit_status, 0);
}

}  // namespace
}  // namespace turngreen::pipeline
