#include "cli/measure.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "cli/fake_machine.h"
#include "cli/schema_texts.h"
#include "cli/turngreen_process.h"
#include "report/json_schema_check.h"

namespace turngreen::cli {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

/// Measures `command` on the fake machine with `options`.
Finished measure(const FakeMachine& machine, std::vector<std::string> options,
                 const std::vector<std::string>& command) {
  options.push_back("--");
  options.insert(options.end(), command.begin(), command.end());
  return run_turngreen(machine.arguments("measure", options));
}

/// A command that draws 2 J of the fake package.
std::vector<std::string> drawing_2_joules(const FakeMachine& machine) {
  return {"sh", "-c", "echo 3000000 > " + machine.energy_file() + "; sleep 0.02"};
}

class MeasureCommand : public testing::Test {
 protected:
  void SetUp() override { machine.add_package(1'000'000); }
  std::string json_file() const { return (machine / "out.json").string(); }
  FakeMachine machine;
};

TEST_F(MeasureCommand, the_document_is_of_its_schema_and_holds_what_the_counter_said) {
  const Finished finished = measure(machine, {"--json", json_file()}, drawing_2_joules(machine));
  ASSERT_EQ(finished.status, 0) << finished.err;
  const json document = json::parse(report::content_of(json_file()));
  for (const auto& schema : schema_texts()) {
    if (schema.name == "measurement") {
      EXPECT_EQ(report::schema_fault(document, json::parse(schema.text)), "");
    }
  }
  // Part of the step may lie before the start of the run: the bounds know.
  EXPECT_LE(document["domains"][0]["energy_low_j"], 2.0);
  EXPECT_GE(document["domains"][0]["energy_high_j"], 2.0);
  EXPECT_GT(document["domains"][0]["energy_j"], 0.5);
  EXPECT_EQ(document["domains"][0]["estimated"], false);
}

TEST_F(MeasureCommand, the_commands_own_output_and_status_come_through) {
  const Finished finished = measure(machine, {}, {"sh", "-c", "echo hello; exit 7"});
  EXPECT_EQ(finished.status, 7);
  EXPECT_EQ(finished.out, "hello\n");
  EXPECT_THAT(finished.err, HasSubstr("exit status 7"));
}

TEST_F(MeasureCommand, a_command_killed_by_a_signal_is_128_and_its_number) {
  const Finished finished = measure(machine, {"-q"}, {"sh", "-c", "kill -9 $$"});
  EXPECT_EQ(finished.status, 137);
}

TEST_F(MeasureCommand, a_command_that_is_not_there_is_125) {
  const Finished finished = measure(machine, {}, {"turngreen-no-such-program"});
  EXPECT_EQ(finished.status, 125);
  EXPECT_THAT(finished.err, HasSubstr("turngreen-no-such-program"));
}

TEST_F(MeasureCommand, a_missing_command_is_125) {
  EXPECT_EQ(run_turngreen({"measure"}).status, 125);
  EXPECT_EQ(run_turngreen({"measure", "--"}).status, 125);
}

TEST_F(MeasureCommand, a_place_that_cannot_be_written_stops_it_before_the_command_starts) {
  const auto mark = (machine / "started").string();
  const Finished finished = measure(machine, {"--json", "/nonexistent/out.json"}, {"touch", mark});
  EXPECT_EQ(finished.status, 125);
  EXPECT_THAT(finished.err, HasSubstr("--json: cannot write /nonexistent/out.json"));
  EXPECT_FALSE(std::filesystem::exists(mark));
}

TEST_F(MeasureCommand, output_files_are_not_made_before_the_end) {
  const Finished finished =
      measure(machine, {"-q", "--json", json_file()}, {"test", "!", "-e", json_file()});
  EXPECT_EQ(finished.status, 0);
}

TEST_F(MeasureCommand, a_disk_that_is_full_at_the_end_is_125_and_the_table_is_still_printed) {
  const Finished finished = measure(machine, {"--json", "/dev/full"}, {"true"});
  EXPECT_EQ(finished.status, 125);
  EXPECT_THAT(finished.err, HasSubstr("/dev/full"));
  EXPECT_THAT(finished.err, HasSubstr("total"));
}

TEST_F(MeasureCommand, json_on_standard_output_follows_the_commands_own) {
  const Finished finished = measure(machine, {"-q", "--json", "-"}, {"echo", "hello"});
  ASSERT_EQ(finished.out.substr(0, 6), "hello\n");
  EXPECT_EQ(json::parse(finished.out.substr(6))["command"], json({"echo", "hello"}));
  EXPECT_EQ(finished.err, "");
}

TEST_F(MeasureCommand, several_runs_are_summarised) {
  const Finished finished = measure(machine, {"--repeat", "3", "--json", json_file()}, {"true"});
  ASSERT_EQ(finished.status, 0) << finished.err;
  const json document = json::parse(report::content_of(json_file()));
  EXPECT_EQ(document["schema"], "turngreen.measurements/1");
  EXPECT_EQ(document["runs"].size(), 3u);
  EXPECT_EQ(document["summary"]["seconds"]["count"], 3);
  EXPECT_THAT(finished.err, HasSubstr("mean of runs"));
}

TEST_F(MeasureCommand, a_failing_run_among_several_gives_the_status) {
  const auto mark = (machine / "second").string();
  const std::string script = "test -e " + mark + " && exit 0; touch " + mark + "; exit 3";
  EXPECT_EQ(measure(machine, {"-q", "--repeat", "2"}, {"sh", "-c", script}).status, 3);
}

TEST_F(MeasureCommand, a_signal_during_the_cool_down_keeps_the_runs_that_are_done) {
  const Finished finished =
      measure(machine, {"--repeat", "2", "--cool-down", "1h", "--json", json_file()},
              {"sh", "-c", "setsid sh -c 'sleep 0.3; kill -INT '$PPID >/dev/null 2>&1 &"});
  EXPECT_EQ(finished.status, 130) << finished.err;
  EXPECT_FALSE(json::parse(report::content_of(json_file())).is_null());
}

TEST_F(MeasureCommand, a_row_of_csv_has_the_energy_in_kilowatt_hours) {
  const Finished finished =
      measure(machine, {"-q", "--csv", (machine / "runs.csv").string(), "--carbon", "FR"},
              drawing_2_joules(machine));
  ASSERT_EQ(finished.status, 0) << finished.err;
  EXPECT_THAT(report::content_of(machine / "runs.csv"), HasSubstr(",France,"));
}

TEST_F(MeasureCommand, metrics_are_written_to_a_file) {
  const auto file = (machine / "m.prom").string();
  ASSERT_EQ(measure(machine, {"-q", "--prometheus", file}, drawing_2_joules(machine)).status, 0);
  EXPECT_THAT(report::content_of(file), HasSubstr("turngreen_energy_joules_total{domain=\"pack"));
}

TEST_F(MeasureCommand, carbon_and_cost_are_null_unless_asked_for) {
  measure(machine, {"-q", "--json", json_file()}, {"true"});
  EXPECT_TRUE(json::parse(report::content_of(json_file()))["carbon"].is_null());
  measure(machine, {"-q", "--carbon", "100", "--price", "0.3 EUR/kWh", "--json", json_file()},
          {"true"});
  const json document = json::parse(report::content_of(json_file()));
  EXPECT_THAT(document["carbon"]["basis"].get<std::string>(), HasSubstr("given"));
  EXPECT_EQ(document["cost"]["currency"], "EUR");
}

TEST_F(MeasureCommand, the_energy_above_idle_is_told_when_idle_is_given) {
  const Finished finished = measure(machine, {"--idle", "1W", "--json", json_file()}, {"true"});
  ASSERT_EQ(finished.status, 0) << finished.err;
  const json document = json::parse(report::content_of(json_file()));
  EXPECT_EQ(document["idle"]["power_w"], 1.0);
  EXPECT_FALSE(document["above_idle"].is_null());
  EXPECT_THAT(finished.err, HasSubstr("above idle"));
}

TEST_F(MeasureCommand, live_writes_nothing_where_there_is_no_terminal) {
  const Finished finished = measure(machine, {"-q", "--live"}, {"true"});
  EXPECT_EQ(finished.err, "");
}

TEST_F(MeasureCommand, nothing_to_measure_with_is_125) {
  FakeMachine bare;
  const Finished finished =
      run_turngreen(bare.arguments("measure", {"--", "true"}, "/nonexistent"));
  EXPECT_EQ(finished.status, 125);
  EXPECT_THAT(finished.err, HasSubstr("turngreen measure: "));
}

}  // namespace
}  // namespace turngreen::cli
