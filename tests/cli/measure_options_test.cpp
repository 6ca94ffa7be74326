#include "cli/measure_options.h"

#include <gmock/gmock.h>

namespace turngreen::cli {
namespace {

using testing::HasSubstr;

const std::vector<std::string> kCommand{"true"};

std::string fault_of(const MeasureOptions& options,
                     const std::vector<std::string>& command = kCommand) {
  const auto plan = plan_measurement(options, command);
  return plan ? "" : plan.error().message;
}

TEST(MeasureOptions, the_defaults_are_one_run_at_ten_samples_a_second) {
  const auto plan = plan_measurement({}, kCommand);
  ASSERT_TRUE(plan) << plan.error().message;
  EXPECT_EQ(plan->repeat, 1);
  EXPECT_EQ(plan->interval, units::milliseconds(100));
  EXPECT_EQ(plan->scope, pipeline::Scope::machine);
  EXPECT_FALSE(plan->idle_given);
  EXPECT_FALSE(plan->idle_measured_for);
}

TEST(MeasureOptions, a_missing_command_says_where_to_write_it) {
  EXPECT_THAT(fault_of({}, {}), HasSubstr("turngreen measure -- make"));
}

TEST(MeasureOptions, a_value_out_of_range_names_the_range) {
  MeasureOptions options;
  options.interval = "2s";
  EXPECT_THAT(fault_of(options), HasSubstr("--interval: 2s is out of range; it can be 1"));
  options = {};
  options.repeat = "0";
  EXPECT_THAT(fault_of(options), HasSubstr("--repeat: \"0\""));
  options = {};
  options.repeat = "3x";
  EXPECT_THAT(fault_of(options), HasSubstr("--repeat: \"3x\""));
  options = {};
  options.scope = "galaxy";
  EXPECT_THAT(fault_of(options), HasSubstr("machine or process"));
}

TEST(MeasureOptions, all_faults_are_told_at_once) {
  MeasureOptions options;
  options.interval = "soon";
  options.output.json = "/nonexistent/x.json";
  options.output.price = "cheap";
  const std::string faults = fault_of(options, {});
  EXPECT_THAT(faults, HasSubstr("there is no command"));
  EXPECT_THAT(faults, HasSubstr("--interval"));
  EXPECT_THAT(faults, HasSubstr("--json: cannot write /nonexistent/x.json"));
  EXPECT_THAT(faults, HasSubstr("--price"));
}

TEST(MeasureOptions, idle_is_a_power_or_measured_for_a_while) {
  MeasureOptions options;
  options.idle = "30W";
  EXPECT_EQ(plan_measurement(options, kCommand)->idle_given, units::watts(30));
  options.idle = "measure";
  EXPECT_EQ(plan_measurement(options, kCommand)->idle_measured_for, units::seconds(5));
  options.idle = "measure:250ms";
  EXPECT_EQ(plan_measurement(options, kCommand)->idle_measured_for, units::milliseconds(250));
  options.idle = "measured";
  EXPECT_THAT(fault_of(options), HasSubstr("--idle"));
  options.idle = "-3W";
  EXPECT_THAT(fault_of(options), HasSubstr("--idle"));
}

TEST(MeasureOptions, prometheus_is_a_file_or_a_port) {
  MeasureOptions options;
  options.output.prometheus = ":9101";
  EXPECT_EQ(plan_measurement(options, kCommand)->metrics_port, 9101);
  options.output.prometheus = ":99999";
  EXPECT_THAT(fault_of(options), HasSubstr("is no port"));
  options.output.prometheus = "/nonexistent/metrics.prom";
  EXPECT_THAT(fault_of(options), HasSubstr("--prometheus: cannot write"));
}

TEST(MeasureOptions, a_recording_holds_one_run) {
  MeasureOptions options;
  options.record = "/tmp/turngreen-never-written.tgr";
  options.repeat = "2";
  EXPECT_THAT(fault_of(options), HasSubstr("--record holds one run"));
}

}  // namespace
}  // namespace turngreen::cli
