#include "turngreen/report/measurement_table.h"

#include <gmock/gmock.h>

#include <sstream>

#include "report/sample_measurement.h"

namespace turngreen::report {
namespace {

using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;

std::string table_of(const pipeline::Measurement& m, std::size_t columns = 120) {
  return measurement_table(m, {.columns = columns, .colour = false});
}

std::string line_with(const std::string& table, const std::string& text) {
  std::istringstream lines(table);
  for (std::string line; std::getline(lines, line);) {
    if (line.find(text) != std::string::npos) return line;
  }
  return {};
}

TEST(MeasurementTable, it_opens_with_the_command_and_what_measured_it) {
  const std::string table = table_of(sample_measurement());
  EXPECT_THAT(table, HasSubstr("train.py --epochs 2"));
  EXPECT_THAT(table, HasSubstr("exit status 0"));
  EXPECT_THAT(table, HasSubstr("measured   package-0: RAPL (powercap)"));
  EXPECT_THAT(table, HasSubstr("estimated  memory: by a model, not a sensor"));
}

TEST(MeasurementTable, each_stage_has_its_bounds_time_share_and_count) {
  EXPECT_THAT(line_with(table_of(sample_measurement()), "forward"),
              ContainsRegex("62\\.[0-9]* J .*61\\.[0-9]* J .*64\\.[0-9]* J .*51\\.7 %.*40"));
}

TEST(MeasurementTable, nested_stages_are_indented_and_the_parent_has_an_own_row) {
  const std::string table = table_of(sample_measurement());
  EXPECT_THAT(table, HasSubstr("\ntrain "));
  EXPECT_THAT(table, HasSubstr("\n  forward "));
  EXPECT_THAT(table, HasSubstr("\n  (own) "));
  EXPECT_THAT(table, HasSubstr("\n(outside stages) "));
  EXPECT_LT(table.find("\n  forward "), table.find("\n  (own) "));
}

TEST(MeasurementTable, numbers_that_hold_estimates_are_marked_and_others_are_not) {
  const std::string table = table_of(sample_measurement());
  EXPECT_THAT(line_with(table, "total"), HasSubstr("~120"));
  EXPECT_THAT(line_with(table, "memory  "), HasSubstr("~20"));
  EXPECT_THAT(line_with(table, "package-0  "), Not(HasSubstr("~")));
  EXPECT_THAT(table, HasSubstr("~ holds estimated energy: 16.7 % of the total"));
}

TEST(MeasurementTable, what_was_not_measured_is_said_and_never_zero) {
  const std::string table = table_of(sample_measurement());
  EXPECT_THAT(line_with(table, "gpu-0  "), HasSubstr("not measured"));
  EXPECT_THAT(table, HasSubstr("no reading gpu-0: NVML energy counter"));
}

TEST(MeasurementTable, a_domain_within_another_says_why_it_is_not_added) {
  EXPECT_THAT(line_with(table_of(sample_measurement()), "cores-0"),
              HasSubstr("not added: part of package-0"));
}

TEST(MeasurementTable, faults_are_sentences) {
  const std::string table = table_of(sample_measurement());
  EXPECT_THAT(table, HasSubstr("fault: gpu-0: the driver stopped answering"));
  EXPECT_THAT(table, HasSubstr("note: package-0: the counter passed its range"));
}

TEST(MeasurementTable, no_line_of_the_grids_is_wider_than_the_terminal) {
  for (const std::size_t columns : {50u, 60u, 80u, 120u}) {
    const std::string table = table_of(sample_measurement(), columns);
    std::istringstream lines(table.substr(0, table.find("\n\n~ ")));
    for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), columns) << line;
  }
}

TEST(MeasurementTable, a_narrow_terminal_keeps_energy_and_its_bounds) {
  const std::string table = table_of(sample_measurement(), 50);
  EXPECT_THAT(table, HasSubstr("at most"));
  EXPECT_THAT(table, Not(HasSubstr("share")));
}

TEST(MeasurementTable, colour_comes_only_when_asked_for) {
  const auto m = sample_measurement();
  EXPECT_THAT(table_of(m), Not(HasSubstr("\033")));
  EXPECT_THAT(measurement_table(m, {.columns = 100, .colour = true}), HasSubstr("\033[1m"));
}

TEST(MeasurementTable, control_characters_in_names_do_not_reach_the_terminal) {
  auto m = sample_measurement();
  m.energy.stages[0].name = "\033[2Jload";
  m.command[0] = "evil\033]0;title\007";
  const std::string table = table_of(m);
  EXPECT_THAT(table, Not(HasSubstr("\033")));
  EXPECT_THAT(table, HasSubstr("?[2Jload"));
}

TEST(MeasurementTable, a_machine_without_any_sensor_is_said_plainly) {
  pipeline::Measurement m;
  m.command = {"true"};
  const std::string table = table_of(m);
  EXPECT_THAT(table, HasSubstr("nothing measured: no sensor was found"));
  EXPECT_THAT(line_with(table, "total"), HasSubstr("not measured"));
}

TEST(MeasurementTable, the_idle_part_names_its_basis) {
  auto m = sample_measurement();
  m.idle = pipeline::Idle{
      pipeline::Idle::Basis::given, units::Bounded<units::Power>::exactly(units::watts(5)), {}};
  m.above_idle = units::Bounded<units::Energy>::exactly(units::joules(70));
  EXPECT_THAT(table_of(m), ContainsRegex("above idle ~70.* J.*idle 5.* W, given"));
}

TEST(MeasurementTable, work_counted_by_the_program_is_priced_per_piece) {
  auto m = sample_measurement();
  m.progress = {{"load", 11, 0}};
  EXPECT_THAT(table_of(m), ContainsRegex("load: 11 samples, ~1.* J each"));
}

TEST(MeasurementTable, what_is_outside_stages_has_its_own_time_and_bounds) {
  const std::string line = line_with(table_of(sample_measurement()), "(outside stages)");
  EXPECT_THAT(line, HasSubstr("~8.000 J"));
  EXPECT_THAT(line, HasSubstr("~33.00 J"));
  EXPECT_THAT(line, HasSubstr("1.000 s"));
}

TEST(MeasurementTable, a_killed_command_is_said_to_be_killed) {
  auto m = sample_measurement();
  m.signal = 9;
  EXPECT_THAT(table_of(m), HasSubstr("ended by signal 9"));
}

}  // namespace
}  // namespace turngreen::report
