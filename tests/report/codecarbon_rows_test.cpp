#include "report/codecarbon_rows.h"

#include <gmock/gmock.h>

#include "report/codecarbon_layout.h"
#include "report/codecarbon_sample.h"

namespace turngreen::report {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

/// The text with its first `found` replaced.
std::string with(std::string text, const std::string& found, const std::string& by) {
  const auto at = text.find(found);
  EXPECT_NE(at, std::string::npos) << found;
  return text.replace(at, found.size(), by);
}

std::string only_note(const std::string& csv) {
  const auto read = parse_codecarbon(csv).value();
  EXPECT_THAT(read.notes, SizeIs(1));
  return read.notes.empty() ? "" : read.notes.front().text;
}

TEST(CodeCarbonRows, a_run_file_is_read_by_the_names_of_its_columns) {
  const auto read = parse_codecarbon(sample_run_file({{}})).value();
  EXPECT_FALSE(read.tasks);
  EXPECT_THAT(read.notes, IsEmpty());
  ASSERT_THAT(read.rows, SizeIs(1));
  const CodeCarbonRow& row = read.rows.front();
  EXPECT_EQ(row.line, 2U);
  EXPECT_EQ(row.project, "codecarbon");
  EXPECT_EQ(row.run_id, "2e09d998-a439-4c12-b79a-49a83d34b543");
  EXPECT_EQ(row.duration, units::seconds(10));
  EXPECT_DOUBLE_EQ(row.energy.in_joules(), 36000);
  EXPECT_DOUBLE_EQ(row.gpu->in_joules(), 28800);
  EXPECT_DOUBLE_EQ(row.emissions->in_grams(), 20);
  EXPECT_EQ(row.version, "3.0.2");
  EXPECT_EQ(row.tracking_mode, "process");
  EXPECT_EQ(row.region, "nova scotia");
  EXPECT_EQ(row.pue, 1.0);
  EXPECT_EQ(row.ended_unix_ns, 1748630799'000'000'000);
}

TEST(CodeCarbonRows, a_task_file_names_its_tasks) {
  const auto read =
      parse_codecarbon(sample_task_file({{.task = "load"}, {.task = "train"}})).value();
  EXPECT_TRUE(read.tasks);
  ASSERT_THAT(read.rows, SizeIs(2));
  EXPECT_EQ(read.rows[0].task, "load");
  EXPECT_EQ(read.rows[1].line, 3U);
}

TEST(CodeCarbonRows, columns_may_be_fewer_more_or_in_another_order) {
  const auto read = parse_codecarbon(
                        "duration,unheard_of,energy_consumed,timestamp,emissions\n"
                        "2.5,?,0.001,2020-01-01T00:00:00,0\n")
                        .value();
  ASSERT_THAT(read.rows, SizeIs(1));
  EXPECT_DOUBLE_EQ(read.rows[0].energy.in_joules(), 3600);
  EXPECT_FALSE(read.rows[0].cpu);
  EXPECT_EQ(read.rows[0].run_id, "");
}

// What pandas does where longitude, latitude, region, cloud columns and GPU are empty in a row.
std::string shifted_row() {
  return "2026-01-02T03:04:05,mine,aaaaaaaa-a439-4c12-b79a-49a83d34b543,exp,4.5,0.02,0.004,80.5,0,"
         "10.0,0.001,0.0,0.001,0.002,0.01,France,FRA,Linux-6.1,3.12.1,3.3.0,16,Intel Xeon,64.0,"
         "machine,1.5,0.0,20.5,8.25,N,1.0,0.0\n";
}

std::string full_header() {
  std::string header;
  for (const auto column : codecarbon_run_columns()) header += std::string(column) + ",";
  header.back() = '\n';
  return header;
}

TEST(CodeCarbonRows, a_row_shifted_left_is_put_under_its_columns_and_said_so) {
  const auto read = parse_codecarbon(full_header() + shifted_row()).value();
  ASSERT_THAT(read.rows, SizeIs(1));
  const CodeCarbonRow& row = read.rows.front();
  EXPECT_DOUBLE_EQ(row.energy.in_joules(), 7200);
  EXPECT_EQ(row.os, "Linux-6.1");
  EXPECT_EQ(row.cpu_model, "Intel Xeon");
  EXPECT_EQ(row.gpu_model, "");
  EXPECT_EQ(row.tracking_mode, "machine");
  EXPECT_EQ(row.region, "");
  EXPECT_THAT(read.notes.at(0).text, HasSubstr("31 cells where the first row has 38"));
}

TEST(CodeCarbonRows, a_row_with_columns_that_the_file_began_without_is_read_as_codecarbons_own) {
  std::string header = full_header();
  for (const char* column : {"region,", "longitude,", "latitude,"})
    header = with(header, column, "");
  const std::string row =
      with(shifted_row(), "FRA,Linux", "FRA,ile-de-france,azure,westeurope,Linux");
  const std::string whole = with(row, "Intel Xeon,", "Intel Xeon,1,1 x NVIDIA T4,2.35,48.85,");
  const auto read = parse_codecarbon(header + whole).value();
  ASSERT_THAT(read.rows, SizeIs(1));
  EXPECT_EQ(read.rows[0].region, "ile-de-france");
  EXPECT_EQ(read.rows[0].gpu_model, "1 x NVIDIA T4");
}

TEST(CodeCarbonRows, a_shifted_row_whose_energies_could_be_others_is_left_out) {
  const std::string row = with(shifted_row(), "0.001,0.0,0.001,0.002,0.01,", "0.001,0.002,0.01,");
  EXPECT_THAT(only_note(full_header() + row),
              AllOf(HasSubstr("it is not certain which are missing"), HasSubstr("left out")));
}

TEST(CodeCarbonRows, a_last_line_that_was_not_written_to_its_end_is_left_out) {
  const std::string file = sample_run_file({{}, {}});
  for (const std::size_t cut : {5U, 100U, 150U, 200U}) {
    const auto read = parse_codecarbon(file.substr(0, file.size() - cut)).value();
    if (read.rows.size() == 2) continue;  // the cut took nothing that counts
    EXPECT_THAT(read.rows, SizeIs(1)) << cut;
    EXPECT_THAT(read.notes, SizeIs(1)) << cut;
  }
  const std::string torn = file.substr(0, file.size() - 200);
  EXPECT_THAT(only_note(torn), HasSubstr("not written to its end"));
}

TEST(CodeCarbonRows, no_energy_is_made_up_from_what_is_no_number) {
  const std::string file = sample_run_file({{.seconds = 77.5}});
  for (const char* odd : {"nan", "inf", "-1", "1e999", "twelve", "", "7 7"}) {
    const auto read = parse_codecarbon(with(file, "77.5", odd)).value();
    EXPECT_THAT(read.rows, IsEmpty()) << odd;
    EXPECT_THAT(read.notes.at(0).text, HasSubstr("duration is")) << odd;
  }
  EXPECT_THAT(
      only_note(with(file, "77.5", "-1")),
      HasSubstr("duration is '-1'; it must be a finite number, 0 or above; the row is left"));
}

TEST(CodeCarbonRows, a_total_that_is_not_its_parts_is_told_unless_the_pue_explains_it) {
  const std::string file = sample_run_file({{.cpu_kwh = 0.25, .gpu_kwh = 0.5, .ram_kwh = 0.25}});
  const std::string more = with(file, ",1,Canada", ",1.2,Canada");
  EXPECT_THAT(only_note(more), HasSubstr("energy_consumed is 1.2 kWh"));
  EXPECT_THAT(parse_codecarbon(with(more, "N,1.0", "N,1.2")).value().notes, IsEmpty());
}

TEST(CodeCarbonRows, texts_are_kept_as_they_are_and_quotes_are_understood) {
  const auto read = parse_codecarbon(sample_run_file({{.project = "\"a, \"\"<b>\"\"\""}})).value();
  EXPECT_EQ(read.rows.at(0).project, "a, \"<b>\"");
}

TEST(CodeCarbonRows, a_quote_that_is_never_closed_ends_the_reading_but_keeps_what_was_read) {
  const auto read = parse_codecarbon(sample_run_file({{}, {.project = "\"open"}})).value();
  EXPECT_THAT(read.rows, SizeIs(1));
  EXPECT_THAT(read.notes.at(0).text, HasSubstr("never closed"));
}

TEST(CodeCarbonRows, other_tables_are_none_of_codecarbons) {
  EXPECT_FALSE(is_codecarbon("epoch,loss\n1,2\n"));
  EXPECT_TRUE(is_codecarbon(kSampleTaskHeader));
  EXPECT_FALSE(parse_codecarbon("epoch,loss\n1,2\n"));
  EXPECT_FALSE(parse_codecarbon(""));
}

TEST(CodeCarbonRows, notes_on_a_hostile_file_are_bounded) {
  std::string file(kSampleRunHeader);
  for (int i = 0; i < 1000; ++i) file += "x\n";
  const auto read = parse_codecarbon(file).value();
  EXPECT_THAT(read.notes, SizeIs(101));
  EXPECT_EQ(read.notes.back().text, "900 more lines like these");
}

TEST(CodeCarbonLayout, cells_keep_their_order_and_ambiguous_ones_stay_unknown) {
  const std::vector<std::string_view> columns{"region", "cloud_provider", "on_cloud"};
  const std::vector<std::string> cells{"west", "N"};
  const auto places = lay_cells(columns, cells);
  ASSERT_TRUE(places);
  EXPECT_THAT(*places, ElementsAre(std::nullopt, std::nullopt, 1U));
  EXPECT_FALSE(lay_cells(columns, std::vector<std::string>{"N", "N", "west"}));
}

}  // namespace
}  // namespace turngreen::report
