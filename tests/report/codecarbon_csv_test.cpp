#include "turngreen/report/codecarbon_csv.h"

#include <gmock/gmock.h>

#include <sstream>
#include <thread>

#include "report/codecarbon_columns.h"
#include "report/sample_measurement.h"
#include "report/scratch_directory.h"

namespace turngreen::report {
namespace {

using testing::HasSubstr;

const CodeCarbonContext kContext{.run_id = "run-1"};

/// A CSV text as rows of fields; good enough for fields with quoted commas.
std::vector<std::vector<std::string>> rows_of(const std::string& text) {
  std::vector<std::vector<std::string>> rows{{""}};
  bool quoted = false;
  for (const char c : text) {
    if (c == '"') {
      quoted = !quoted;
    } else if (c == ',' && !quoted) {
      rows.back().emplace_back();
    } else if (c == '\n' && !quoted) {
      rows.push_back({""});
    } else {
      rows.back().back() += c;
    }
  }
  rows.pop_back();
  return rows;
}

std::string field(const std::string& file, std::size_t row, const std::string& column) {
  const auto rows = rows_of(file);
  for (std::size_t i = 0; i < rows[0].size(); ++i) {
    if (rows[0][i] == column) return rows[row][i];
  }
  return "no such column";
}

std::string run_file() {
  return codecarbon_run_header() + '\n' + codecarbon_run_row(sample_measurement(), kContext);
}

TEST(CodeCarbonCsv, the_run_layout_is_that_of_version_3_3_0) {
  EXPECT_EQ(codecarbon_run_header(),
            "timestamp,project_name,run_id,experiment_id,duration,emissions,emissions_rate,"
            "cpu_power,gpu_power,ram_power,cpu_energy,gpu_energy,ram_energy,energy_consumed,"
            "water_consumed,country_name,country_iso_code,region,cloud_provider,cloud_region,os,"
            "python_version,codecarbon_version,cpu_count,cpu_model,gpu_count,gpu_model,longitude,"
            "latitude,ram_total_size,tracking_mode,cpu_utilization_percent,"
            "gpu_utilization_percent,ram_utilization_percent,ram_used_gb,on_cloud,pue,wue");
  EXPECT_EQ(rows_of(run_file())[1].size(), 38u);
}

TEST(CodeCarbonCsv, the_task_layout_has_the_name_in_front_and_36_columns) {
  const auto rows = rows_of(codecarbon_task_file(sample_measurement(), kContext));
  ASSERT_EQ(rows.size(), 4u);
  for (const auto& row : rows) EXPECT_EQ(row.size(), 36u);
  EXPECT_EQ(rows[0][0], "task_name");
  EXPECT_EQ(rows[3][0], "train/forward");
}

TEST(CodeCarbonCsv, energies_are_kilowatt_hours_and_powers_watts) {
  const std::string file = run_file();
  EXPECT_DOUBLE_EQ(std::stod(field(file, 1, "cpu_energy")), 100.000001 / 3.6e6);
  EXPECT_DOUBLE_EQ(std::stod(field(file, 1, "cpu_power")), 10.0000001);
  EXPECT_DOUBLE_EQ(std::stod(field(file, 1, "ram_energy")), 20 / 3.6e6);
  EXPECT_DOUBLE_EQ(std::stod(field(file, 1, "energy_consumed")), 120.000001 / 3.6e6);
  EXPECT_EQ(field(file, 1, "duration"), "10");
  EXPECT_EQ(field(file, 1, "tracking_mode"), "machine");
}

TEST(CodeCarbonCsv, what_was_not_measured_is_an_empty_field) {
  const std::string file = run_file();
  for (const char* column : {"gpu_energy", "gpu_power", "emissions", "emissions_rate",
                             "water_consumed", "country_name", "cpu_utilization_percent"}) {
    EXPECT_EQ(field(file, 1, column), "") << column;
  }
}

TEST(CodeCarbonCsv, carbon_is_kilograms_and_a_stage_takes_its_part) {
  auto m = sample_measurement();
  m.carbon = pipeline::CarbonFigure{
      units::Bounded<units::Carbon>::exactly(units::grams(120.000001)), "given"};
  const std::string run = codecarbon_run_header() + '\n' + codecarbon_run_row(m, kContext);
  EXPECT_DOUBLE_EQ(std::stod(field(run, 1, "emissions")), 0.120000001);
  EXPECT_DOUBLE_EQ(std::stod(field(run, 1, "emissions_rate")), 0.0120000001);
  EXPECT_DOUBLE_EQ(std::stod(field(codecarbon_task_file(m, kContext), 1, "emissions")), 0.011);
}

TEST(CodeCarbonCsv, a_field_with_a_comma_is_quoted) {
  EXPECT_THAT(run_file(), HasSubstr(",\"Test CPU, 8 cores\","));
}

TEST(CodeCarbonCsv, runs_are_appended_under_one_header) {
  const ScratchDirectory scratch;
  ASSERT_TRUE(append_codecarbon(scratch / "runs.csv", sample_measurement(), kContext));
  ASSERT_TRUE(append_codecarbon(scratch / "runs.csv", sample_measurement(), {.run_id = "run-2"}));
  const std::string file = content_of(scratch / "runs.csv");
  EXPECT_EQ(rows_of(file).size(), 3u);
  EXPECT_EQ(field(file, 1, "run_id"), "run-1");
  EXPECT_EQ(field(file, 2, "run_id"), "run-2");
}

TEST(CodeCarbonCsv, a_directory_gets_the_names_that_codecarbon_uses) {
  const ScratchDirectory scratch;
  ASSERT_TRUE(append_codecarbon(scratch.path(), sample_measurement(), kContext));
  EXPECT_EQ(rows_of(content_of(scratch / "emissions.csv")).size(), 2u);
  EXPECT_EQ(rows_of(content_of(scratch / "emissions_base_run-1.csv")).size(), 4u);
}

TEST(CodeCarbonCsv, a_run_without_stages_writes_no_task_file) {
  const ScratchDirectory scratch;
  auto m = sample_measurement();
  m.energy.stages.clear();
  ASSERT_TRUE(append_codecarbon(scratch.path(), m, kContext));
  EXPECT_EQ(scratch.file_count(), 1u);
}

TEST(CodeCarbonCsv, a_file_with_other_columns_is_refused_and_left_alone) {
  const ScratchDirectory scratch;
  write_file(scratch / "runs.csv", "timestamp,project_name\n1,2\n");
  const auto checked = check_codecarbon(scratch / "runs.csv");
  ASSERT_FALSE(checked);
  EXPECT_THAT(checked.error().message, HasSubstr((scratch / "runs.csv").string()));
  EXPECT_THAT(checked.error().message, HasSubstr("move this one away"));
  EXPECT_FALSE(append_codecarbon(scratch / "runs.csv", sample_measurement(), kContext));
  EXPECT_EQ(content_of(scratch / "runs.csv"), "timestamp,project_name\n1,2\n");
}

TEST(CodeCarbonCsv, a_last_line_without_its_end_is_ended_first) {
  const ScratchDirectory scratch;
  std::string before = run_file();
  before.pop_back();
  write_file(scratch / "runs.csv", before);
  ASSERT_TRUE(append_codecarbon(scratch / "runs.csv", sample_measurement(), kContext));
  EXPECT_EQ(rows_of(content_of(scratch / "runs.csv")).size(), 3u);
}

TEST(CodeCarbonCsv, windows_line_ends_in_the_header_are_accepted) {
  const ScratchDirectory scratch;
  write_file(scratch / "runs.csv", codecarbon_run_header() + "\r\n");
  EXPECT_TRUE(check_codecarbon(scratch / "runs.csv"));
}

TEST(CodeCarbonCsv, rows_of_several_writers_do_not_mix) {
  const ScratchDirectory scratch;
  auto m = sample_measurement();
  m.energy.stages.clear();
  std::vector<std::thread> writers;
  for (int i = 0; i < 4; ++i) {
    writers.emplace_back([&] {
      for (int j = 0; j < 10; ++j) EXPECT_TRUE(append_codecarbon(scratch.path(), m, kContext));
    });
  }
  for (auto& writer : writers) writer.join();
  const auto rows = rows_of(content_of(scratch / "emissions.csv"));
  EXPECT_EQ(rows.size(), 41u);
  for (const auto& row : rows) EXPECT_EQ(row.size(), 38u);
}

TEST(CodeCarbonCsv, a_place_that_is_neither_directory_nor_csv_is_explained) {
  const ScratchDirectory scratch;
  const auto checked = check_codecarbon(scratch / "missing");
  ASSERT_FALSE(checked);
  EXPECT_THAT(checked.error().message, HasSubstr("give a directory that is there"));
}

TEST(CodeCarbonCsv, a_check_leaves_nothing_behind) {
  const ScratchDirectory scratch;
  EXPECT_TRUE(check_codecarbon(scratch.path()));
  EXPECT_EQ(scratch.file_count(), 0u);
}

TEST(CodeCarbonCsv, run_ids_are_uuids_and_differ) {
  EXPECT_THAT(new_run_id(),
              testing::ContainsRegex("^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-"
                                     "[0-9a-f]{12}$"));
  EXPECT_NE(new_run_id(), new_run_id());
}

}  // namespace
}  // namespace turngreen::report
