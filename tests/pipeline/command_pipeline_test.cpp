#include "turngreen/pipeline/command_pipeline.h"

#include <gmock/gmock.h>
#include <unistd.h>

#include <fstream>
#include <iterator>

#include "energy/fake_sysfs.h"
#include "pipeline/measured_command.h"
#include "turngreen/energy/process_tree.h"

namespace turngreen::pipeline {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using units::milliseconds;
using units::seconds;

knobs::Knob knob(std::string id, std::initializer_list<const char*> values) {
  knobs::Knob made{.id = std::move(id)};
  for (const char* value : values) made.values.emplace_back(value);
  return made;
}

knobs::Space two_knobs() {
  return knobs::Space::build({knob("lr", {"5e-5", "1e-5"}), knob("mode", {"off", "a b"})}).value();
}

std::string contents(const std::filesystem::path& file) {
  std::ifstream stream(file);
  return {std::istreambuf_iterator<char>(stream), {}};
}

/// A pipeline in a directory of its own, on a machine of one package.
class Bench {
 public:
  Bench() {
    description.study_directory = folder_.root();
    description.places = machine_.places();
  }
  explicit Bench(const std::string& line) : Bench() { run_line(line); }
  void run_line(const std::string& line) {
    description.shell = true;
    description.run = {line};
  }

  Outcome run(std::initializer_list<int> levels = {0, 0}) {
    request.configuration.levels.clear();
    for (const int level : levels) {
      request.configuration.levels.push_back(static_cast<knobs::Level>(level));
    }
    request.directory = trial();
    return open()->run(request);
  }
  std::unique_ptr<CommandPipeline> open() {
    auto opened = CommandPipeline::open(description, two_knobs());
    if (!opened) throw std::runtime_error(opened.error().message);
    return *std::move(opened);
  }
  std::string faults() {
    const auto opened = CommandPipeline::open(description, two_knobs());
    return opened ? "none" : opened.error().message;
  }
  std::filesystem::path root() const { return folder_.root(); }
  std::filesystem::path trial() const { return folder_.root() / "trials" / "1"; }
  energy::FakeSysfs& folder() { return folder_; }

  CommandDescription description;
  RunRequest request;

 private:
  OnePackage machine_;
  energy::FakeSysfs folder_;
};

std::string tell(const std::string& json) {
  return "printf '%s\\n' '" + json + "' >&\"$TURNGREEN_RUN_FD\"; ";
}
// Braces of JSON in a line with placeholders.
std::string doubled(std::string text) {
  for (std::size_t at = 0; (at = text.find_first_of("{}", at)) != std::string::npos; at += 2) {
    text.insert(at, 1, text[at]);
  }
  return text;
}

TEST(CommandPipeline, knob_values_reach_the_command_by_placeholders_and_environment) {
  Bench bench;
  bench.description.run = {"sh", "-c", "echo \"$0 $1 $X $TURNGREEN_KNOB_MODE $TURNGREEN_SEED\"",
                           "--lr={lr}", "{mode}"};
  bench.description.environment = {{"X", "{{{seed}}}"}};
  bench.request.seed = 7;
  const auto outcome = bench.run({1, 1});
  EXPECT_EQ(outcome.ending, Ending::completed) << outcome.reason;
  EXPECT_EQ(outcome.output_tail, "--lr=1e-5 a b {7} a b 7\n");
  EXPECT_THAT(bench.open()->command_for(bench.request).words, testing::Contains("--lr=1e-5"));
}

TEST(CommandPipeline, no_shell_sees_a_value_unless_it_was_asked_for) {
  Bench bench;
  bench.description.run = {"printf", "%s|", "$HOME", "`id`", "{mode}"};
  EXPECT_EQ(bench.run({0, 1}).output_tail, "$HOME|`id`|a b|");
}

TEST(CommandPipeline, it_runs_in_the_study_directory_or_the_one_that_is_named) {
  Bench bench("pwd");
  EXPECT_EQ(bench.run().output_tail, bench.root().string() + "\n");
  std::filesystem::create_directory(bench.root() / "code");
  bench.description.directory = "code";
  EXPECT_EQ(bench.run().output_tail, (bench.root() / "code").string() + "\n");
  bench.description.directory = "absent";
  const auto outcome = bench.run();
  EXPECT_EQ(outcome.ending, Ending::failed);
  EXPECT_THAT(outcome.reason, AllOf(HasSubstr("absent"), HasSubstr("No such file")));
}

TEST(CommandPipeline, files_are_rendered_from_the_configuration_into_the_trials_directory) {
  Bench bench("cat {trial_dir}/config/run.yaml {trial_dir}/run.json");
  bench.description.files = {{"config/run.yaml", RenderedFile::Format::yaml},
                             {"run.json", RenderedFile::Format::json}};
  EXPECT_EQ(bench.run({1, 0}).output_tail,
            "\"lr\": 1.0e-05\n\"mode\": \"off\"\n\"seed\": 0\n\"fidelity\": 1\n"
            "{\n\"lr\": 1.0e-05,\n\"mode\": \"off\",\n\"seed\": 0,\n\"fidelity\": 1\n}\n");
}

TEST(CommandPipeline, stages_add_up_to_the_energy_and_work_belongs_to_the_outermost) {
  Bench bench;
  bench.run_line(doubled(
      tell(R"({"event":"begin","stage":"train"})") + tell(R"({"event":"begin","stage":"epoch"})") +
      tell(R"({"event":"progress","samples":64})") + tell(R"({"event":"end","stage":"epoch"})") +
      tell(R"({"event":"end","stage":"train"})") + tell(R"({"event":"begin","stage":"evaluate"})") +
      tell(R"({"event":"end","stage":"evaluate"})") +
      tell(R"({"event":"effective","knob":"lr","value":5e-5})")));
  const auto outcome = bench.run();
  ASSERT_EQ(outcome.stages.size(), 3U) << outcome.reason;
  EXPECT_EQ(outcome.stages[0].name, "train");
  EXPECT_EQ(outcome.stages[0].samples, 64U);
  EXPECT_FALSE(outcome.stages[1].samples);
  EXPECT_EQ(outcome.stages[2].name, "other");
  units::Energy sum;
  for (const auto& stage : outcome.stages) sum += stage.energy.value;
  EXPECT_NEAR(sum.in_joules(), outcome.energy->value.in_joules(), 1e-9);
  EXPECT_EQ(outcome.effective.at(0).knob, "lr");
  EXPECT_THAT(outcome.energy_basis, HasSubstr("rapl_powercap"));
  EXPECT_GT(outcome.peak_memory_bytes, 0U);
}

TEST(CommandPipeline, the_domains_of_a_stage_add_up_to_it) {
  Bench bench;
  bench.run_line(doubled(tell(R"({"event":"begin","stage":"train"})") +
                         tell(R"({"event":"end","stage":"train"})")));
  const auto outcome = bench.run();
  ASSERT_EQ(outcome.stages.size(), 2U) << outcome.reason;
  for (const auto& stage : outcome.stages) {
    EXPECT_FALSE(stage.domains.empty());
    units::Energy sum;
    for (const auto& domain : stage.domains) sum += domain.energy;
    EXPECT_NEAR(sum.in_joules(), stage.energy.value.in_joules(), 1e-9);
  }
}

TEST(CommandPipeline, a_run_that_tells_no_stage_is_one_stage) {
  const auto outcome = Bench("true").run();
  ASSERT_EQ(outcome.stages.size(), 1U);
  EXPECT_EQ(outcome.stages[0].name, "other");
  EXPECT_EQ(outcome.stages[0].energy, outcome.energy);
}

TEST(CommandPipeline, metrics_come_from_protocol_file_and_output_and_the_later_counts) {
  Bench bench;
  bench.run_line(doubled(tell(R"({"event":"metric","name":"a","value":1})") +
                         tell(R"({"event":"metric","name":"b","value":1})") +
                         R"(echo '{"b":2,"c":2,"eval":{"d":2}}' > m.json; )") +
                 "echo c = 3; echo c = 4 >&2");
  bench.description.metrics = "m.json";
  bench.description.patterns = {{"c", "c = ([0-9.]+)"}};
  const auto outcome = bench.run();
  EXPECT_EQ(outcome.ending, Ending::completed) << outcome.reason;
  EXPECT_EQ(outcome.metric("a"), 1);
  EXPECT_EQ(outcome.metric("b"), 2);
  EXPECT_EQ(outcome.metric("c"), 4);
  EXPECT_EQ(outcome.metric("eval.d"), 2);
}

TEST(CommandPipeline, a_required_metric_that_is_missing_fails_the_run_and_is_named) {
  Bench bench("true");
  bench.description.required_metrics = {"macro_f1"};
  bench.description.metrics = "m.json";
  const auto outcome = bench.run();
  EXPECT_EQ(outcome.ending, Ending::failed);
  EXPECT_EQ(outcome.reason,
            "the metric macro_f1 is missing (sought in the run protocol, m.json (it left none))");
  EXPECT_TRUE(outcome.energy);
}

TEST(CommandPipeline, an_old_metrics_file_is_never_taken_for_new) {
  Bench bench("true");
  bench.folder().write("m.json", R"({"macro_f1": 0.9})");
  bench.description.metrics = "m.json";
  bench.description.required_metrics = {"macro_f1"};
  EXPECT_EQ(bench.run().ending, Ending::failed);
  EXPECT_FALSE(std::filesystem::exists(bench.root() / "m.json"));
}

TEST(CommandPipeline, a_metric_that_is_not_finite_fails_the_run_and_is_named) {
  Bench bench("echo '{{\"macro_f1\": NaN}}' > {trial_dir}/m.json");
  bench.description.metrics = "{trial_dir}/m.json";
  auto outcome = bench.run();
  EXPECT_EQ(outcome.ending, Ending::failed);
  EXPECT_EQ(outcome.reason, "m.json: \"macro_f1\" is \"NaN\"; it must be a finite number");
  bench.description.metrics = "";
  bench.run_line("echo loss: nan");
  bench.description.patterns = {{"loss", "loss: (\\S+)"}};
  outcome = bench.run();
  EXPECT_EQ(outcome.ending, Ending::failed);
  EXPECT_EQ(outcome.reason, "loss is 'nan' in the output; it must be a finite number");
}

TEST(CommandPipeline, a_metric_that_the_protocol_cannot_carry_is_missing_and_said_why) {
  Bench bench(doubled(tell(R"({"event":"metric","name":"f1","value":NaN})")));
  bench.description.required_metrics = {"f1"};
  const auto outcome = bench.run();
  EXPECT_EQ(outcome.ending, Ending::failed);
  EXPECT_THAT(outcome.reason, AllOf(HasSubstr("the metric f1 is missing"), HasSubstr("NaN")));
}

TEST(CommandPipeline, a_metrics_file_of_a_gigabyte_is_refused_at_once) {
  Bench bench("truncate -s 1G m.json");
  bench.description.metrics = "m.json";
  const auto outcome = bench.run();
  EXPECT_EQ(outcome.ending, Ending::failed);
  EXPECT_THAT(outcome.reason, HasSubstr("at most 1000000 are read"));
}

TEST(CommandPipeline, a_command_that_fails_says_how_and_what_it_printed) {
  auto outcome = Bench("echo working; echo 'ValueError: bad' >&2; exit 3").run();
  EXPECT_EQ(outcome.ending, Ending::failed);
  EXPECT_EQ(outcome.reason, "exit status 3; it printed last: 'ValueError: bad'");
  EXPECT_EQ(outcome.output_tail, "working\nValueError: bad\n");
  EXPECT_TRUE(outcome.energy);
  EXPECT_THAT(Bench("kill -SEGV $$").run().reason, HasSubstr("ended by signal 11 (SIGSEGV)"));
  EXPECT_THAT(Bench("kill -9 $$").run().reason, HasSubstr("which Turngreen did not send"));
}

TEST(CommandPipeline, a_program_that_is_not_there_is_a_failed_run) {
  Bench bench;
  bench.description.run = {"no-such-program"};
  const auto outcome = bench.run();
  EXPECT_EQ(outcome.ending, Ending::failed);
  EXPECT_THAT(outcome.reason, HasSubstr("no-such-program"));
  EXPECT_FALSE(outcome.energy);
}

TEST(CommandPipeline, a_command_that_runs_too_long_is_ended_with_its_children) {
  Bench bench("sleep 1000 & sleep 1000");
  bench.description.timeout = milliseconds(100);
  const auto start = energy::Instant::now();
  const auto outcome = bench.run();
  EXPECT_LT(energy::Instant::now() - start, seconds(4));
  EXPECT_EQ(outcome.ending, Ending::failed);
  EXPECT_THAT(outcome.reason, HasSubstr("timeout: it had not ended after 100.0 ms"));
  EXPECT_THAT(energy::children_of(::getpid()), IsEmpty());
}

TEST(CommandPipeline, watch_sees_the_run_and_stops_it_with_its_reason) {
  Bench bench(doubled(tell(R"({"event":"progress","samples":1,"total":4})") +
                      tell(R"({"event":"metric","name":"loss","value":0.5})")) +
              "sleep 1000");
  int calls = 0;
  double loss = 0;
  bench.request.watch = [&](const RunProgress& progress) -> std::optional<std::string> {
    EXPECT_GT(progress.time, units::Duration());
    for (const Metric& metric : progress.metrics) loss = metric.value;
    for (const MetricPoint& point : progress.curve) EXPECT_EQ(point.share, 0.25);
    EXPECT_EQ(progress.curve.size(), progress.metrics.size());
    return ++calls == 2 ? std::optional<std::string>("hopeless") : std::nullopt;
  };
  const auto outcome = bench.run();
  EXPECT_EQ(outcome.ending, Ending::stopped);
  EXPECT_EQ(outcome.reason, "hopeless");
  EXPECT_EQ(loss, 0.5);
  EXPECT_TRUE(outcome.energy);
}

TEST(CommandPipeline, an_address_space_that_is_too_small_is_named_out_of_memory) {
  Bench bench;
  bench.description.run = {"python3", "-c", "x = bytearray(2_000_000_000)"};
  bench.description.memory_bytes = 1'000'000'000;
  const auto outcome = bench.run();
  EXPECT_EQ(outcome.ending, Ending::failed);
  EXPECT_THAT(outcome.reason, AllOf(HasSubstr("out of memory"), HasSubstr("1000 MB")));
}

TEST(CommandPipeline, output_beyond_its_bounds_is_counted_and_the_tail_is_kept) {
  Bench bench("head -c 100000000 /dev/zero | tr '\\0' x; echo; echo the end");
  const auto outcome = bench.run();
  EXPECT_EQ(outcome.ending, Ending::completed) << outcome.reason;
  EXPECT_EQ(outcome.output_tail, "the end\n");
  const auto size = std::filesystem::file_size(bench.trial() / "output.log");
  EXPECT_GT(size, 16U << 20U);
  EXPECT_LT(size, (16U << 20U) + 200U);
}

TEST(CommandPipeline, the_directory_may_be_gone_at_the_end) {
  Bench bench("rm -r {trial_dir}; echo still here");
  const auto outcome = bench.run();
  EXPECT_EQ(outcome.ending, Ending::completed) << outcome.reason;
  EXPECT_EQ(outcome.output_tail, "still here\n");
}

TEST(CommandPipeline, predictions_are_kept_in_the_trials_directory) {
  Bench bench(doubled("echo a,b > p.csv; " + tell(R"({"event":"predictions","file":"p.csv"})")));
  const auto outcome = bench.run();
  ASSERT_TRUE(outcome.predictions);
  EXPECT_EQ(*outcome.predictions, bench.trial() / "predictions.csv");
  EXPECT_EQ(contents(*outcome.predictions), "a,b\n");
}

TEST(CommandPipeline, predictions_that_are_not_there_are_a_fault_and_no_failure) {
  Bench bench(doubled(tell(R"({"event":"predictions","file":"absent.csv"})")));
  const auto outcome = bench.run();
  EXPECT_EQ(outcome.ending, Ending::completed);
  EXPECT_FALSE(outcome.predictions);
  EXPECT_THAT(outcome.faults, testing::Contains(HasSubstr("absent.csv were not kept")));
}

TEST(CommandPipeline, a_configuration_that_is_not_allowed_is_infeasible_and_nothing_runs) {
  Bench bench("touch ran");
  EXPECT_EQ(bench.run({5, 0}).ending, Ending::infeasible);
  EXPECT_FALSE(std::filesystem::exists(bench.root() / "ran"));
}

TEST(CommandPipeline, a_trial_directory_that_cannot_be_made_fails_the_run) {
  Bench bench("true");
  bench.folder().write("trials", "a file");
  const auto outcome = bench.run();
  EXPECT_EQ(outcome.ending, Ending::failed);
  EXPECT_THAT(outcome.reason, HasSubstr("cannot make the trial's directory"));
}

TEST(CommandPipeline, every_fault_of_a_description_is_told_at_once) {
  Bench bench;
  bench.description.run = {"train", "--lr={rl}", "{unclosed"};
  bench.description.environment = {{"X", "{see}"}};
  bench.description.patterns = {{"f1", "f1 ("}, {"f2", "f2"}};
  bench.description.fidelities = {0.1, 1};
  bench.description.sampling_period = seconds(2);
  EXPECT_THAT(bench.faults(),
              AllOf(HasSubstr("{rl} stands for no knob"), HasSubstr("did you mean {lr}?"),
                    HasSubstr("has a { without its }"), HasSubstr("the variable X: {see}"),
                    HasSubstr("for the metric f1 is not understood"),
                    HasSubstr("for the metric f2 has no group"),
                    HasSubstr("{fidelity} stands nowhere"), HasSubstr("the sampling period is")));
  Bench none;
  EXPECT_THAT(none.faults(), HasSubstr("there is no command to run"));
}

TEST(CommandPipeline, rows_that_the_command_never_hears_of_are_a_fault) {
  Bench bench("true");
  bench.description.rows = {"validation", "test"};
  EXPECT_THAT(bench.faults(), HasSubstr("{rows} stands nowhere"));
  bench.run_line("./train {rows}");
  EXPECT_EQ(bench.faults(), "none");
  bench.description.rows = {"test", "test"};
  EXPECT_THAT(bench.faults(), HasSubstr("another one"));
}

TEST(CommandPipeline, the_fidelity_reaches_the_command_as_a_share) {
  Bench bench("echo {fidelity}");
  bench.description.fidelities = {0.05, 1};
  bench.request.fidelity = 0.05;
  EXPECT_EQ(bench.run().output_tail, "0.05\n");
  EXPECT_THAT(bench.open()->fidelities(), ElementsAre(0.05, 1));
  EXPECT_TRUE(bench.open()->measures());
}

}  // namespace
}  // namespace turngreen::pipeline
