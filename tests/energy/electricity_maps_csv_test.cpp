#include "energy/electricity_maps_csv.h"

#include <fmt/core.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace turngreen::energy {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;
using Interval = IntensitySeries::Interval;

constexpr std::int64_t kNewYear2023 = 1'672'531'200;

Interval hour(int index, double grams_per_kilowatt_hour) {
  const std::int64_t from = kNewYear2023 + index * 3600;
  return {from, from + 3600, units::grams_per_kilowatt_hour(grams_per_kilowatt_hour)};
}

auto parse(std::string_view csv, IntensityBasis basis = IntensityBasis::life_cycle) {
  return parse_electricity_maps_csv(csv, "grid.csv", basis);
}

std::string fault_of(std::string_view csv) {
  const auto parsed = parse(csv);
  return parsed ? "no error" : parsed.error().message;
}

/// A file of two columns, time and life-cycle intensity.
std::string with_rows(std::string_view rows) {
  return fmt::format("Datetime (UTC),Carbon intensity gCO₂eq/kWh (Life cycle)\n{}", rows);
}

constexpr std::string_view kNew =
    "Datetime (UTC),Country,Zone name,Zone id,Carbon intensity gCO₂eq/kWh (direct),Carbon "
    "intensity "
    "gCO₂eq/kWh (Life cycle),Carbon-free energy percentage (CFE%),Renewable energy percentage "
    "(RE%),Data source,Data estimated,Data estimation method\n"
    "2023-01-01 00:00:00,Germany,Germany,DE,140.51,185.8,83.79,78.42,entsoe.eu,false,\n"
    "2023-01-01 01:00:00,Germany,Germany,DE,140.44,185.7,83.85,78.93,entsoe.eu,false,\n";

constexpr std::string_view kOld =
    "Datetime (UTC),Country,Zone Name,Zone Id,Carbon Intensity gCO₂eq/kWh (direct),Carbon "
    "Intensity "
    "gCO₂eq/kWh (LCA),Low Carbon Percentage,Renewable Percentage,Data Source,Data Estimated,Data "
    "Estimation Method\n"
    "2023-01-01 00:00:00,Germany,Germany,DE,140.51,185.8,83.79,78.42,entsoe.eu,false,\n"
    "2023-01-01 01:00:00,Germany,Germany,DE,140.44,185.7,83.85,78.93,entsoe.eu,false,\n";

TEST(ElectricityMapsCsv, new_and_old_headers_say_the_same) {
  for (const auto csv : {kNew, kOld}) {
    const auto parsed = parse(csv);
    ASSERT_TRUE(parsed) << parsed.error().message;
    EXPECT_EQ(parsed->zone, "DE");
    EXPECT_THAT(parsed->intervals, ElementsAre(hour(0, 185.8), hour(1, 185.7)));
  }
}

TEST(ElectricityMapsCsv, the_basis_chooses_the_column) {
  for (const auto csv : {kNew, kOld}) {
    const auto parsed = parse(csv, IntensityBasis::direct);
    ASSERT_TRUE(parsed) << parsed.error().message;
    EXPECT_THAT(parsed->intervals, ElementsAre(hour(0, 140.51), hour(1, 140.44)));
  }
}

TEST(ElectricityMapsCsv, the_other_basis_is_never_used_instead) {
  const auto parsed = parse(
      "Datetime (UTC),Carbon intensity gCO2eq/kWh (direct)\n2023-01-01 00:00:00,1\n2023-01-01 "
      "01:00:00,2\n");
  ASSERT_FALSE(parsed);
  EXPECT_THAT(parsed.error().message,
              HasSubstr("grid.csv:1: no column with the life-cycle carbon intensity"));
}

TEST(ElectricityMapsCsv, columns_may_stand_in_any_order_and_case) {
  const auto parsed = parse(
      "zone id,CARBON INTENSITY GCO2EQ/KWH (LIFE CYCLE), Datetime (UTC) \n"
      "DE,185.8,2023-01-01 00:00:00\n"
      "DE,185.7,2023-01-01 01:00:00\n");
  ASSERT_TRUE(parsed) << parsed.error().message;
  EXPECT_THAT(parsed->intervals, ElementsAre(hour(0, 185.8), hour(1, 185.7)));
}

TEST(ElectricityMapsCsv, a_byte_order_mark_crlf_and_quotes_change_nothing) {
  const auto parsed = parse(
      "\xef\xbb\xbf\"Datetime (UTC)\",Zone name,Carbon intensity gCO₂eq/kWh (Life cycle)\r\n"
      "\"2023-01-01 00:00:00\",\"Texas, \"\"ERCOT\"\"\",\"185.8\"\r\n"
      "2023-01-01 01:00:00,\"Texas,\r\nERCOT\",185.7\r\n");
  ASSERT_TRUE(parsed) << parsed.error().message;
  EXPECT_THAT(parsed->intervals, ElementsAre(hour(0, 185.8), hour(1, 185.7)));
  EXPECT_EQ(parsed->zone, "");
}

TEST(ElectricityMapsCsv, times_may_be_written_in_every_utc_form_of_iso_8601) {
  const auto parsed =
      parse(with_rows("2023-01-01T00:00:00Z,1\n2023-01-01T01:00:00.000Z,2\n2023-01-01 "
                      "02:00:00+00:00,3\n2023-01-01 03:00,4\n"));
  ASSERT_TRUE(parsed) << parsed.error().message;
  EXPECT_THAT(parsed->intervals, ElementsAre(hour(0, 1), hour(1, 2), hour(2, 3), hour(3, 4)));
}

TEST(ElectricityMapsCsv, leap_days_exist_in_leap_years_only) {
  EXPECT_TRUE(parse(with_rows("2024-02-28 00:00:00,1\n2024-02-29 00:00:00,1\n")));
  EXPECT_THAT(fault_of(with_rows("2023-02-28 00:00:00,1\n2023-02-29 00:00:00,1\n")),
              HasSubstr("'2023-02-29 00:00:00' is not a UTC time"));
}

TEST(ElectricityMapsCsv, what_is_not_a_utc_time_is_an_error_at_its_line_and_column) {
  for (const char* time : {"", "now", "2023-01-01", "2023-13-01 00:00:00", "2023-01-01 24:00:00",
                           "2023-01-01 00:60:00", "2023-01-01 00:00:60", "2023-01-01 00:00:0",
                           "2023-01-01 00:00:", "2023-01-01 00:00:00+01:00",
                           "2023-01-01 00:00:00.5", "2023-01-01 00:00:00.", "01/01/2023 00:00:00",
                           "2023-01-01 00:00:00 CET", "2023-01-01x00:00:00", "-023-01-01 00:00"}) {
    EXPECT_THAT(fault_of(with_rows(fmt::format("{},1\n", time))),
                HasSubstr(fmt::format("grid.csv:2: column 'Datetime (UTC)': '{}' is not", time)));
  }
}

TEST(ElectricityMapsCsv, rows_without_a_number_are_holes) {
  const auto parsed = parse(
      with_rows("2023-01-01 00:00:00,1\n2023-01-01 01:00:00,\n2023-01-01 02:00:00, \n2023-01-01 "
                "03:00:00,NaN\n2023-01-01 04:00:00,5\n"));
  ASSERT_TRUE(parsed) << parsed.error().message;
  EXPECT_THAT(parsed->intervals, ElementsAre(hour(0, 1), hour(4, 5)));
}

TEST(ElectricityMapsCsv, a_row_before_rows_left_out_lasts_no_longer_than_the_others) {
  const auto parsed =
      parse(with_rows("2023-01-01 00:00:00,1\n2023-01-01 03:00:00,2\n2023-01-01 04:00:00,3\n"));
  ASSERT_TRUE(parsed) << parsed.error().message;
  EXPECT_THAT(parsed->intervals, ElementsAre(hour(0, 1), hour(3, 2), hour(4, 3)));
}

TEST(ElectricityMapsCsv, a_file_without_a_single_number_is_an_error) {
  EXPECT_THAT(fault_of(with_rows("2023-01-01 00:00:00,\n2023-01-01 01:00:00,\n")),
              HasSubstr("no row has a number"));
}

TEST(ElectricityMapsCsv, what_is_not_a_number_is_an_error_at_its_line_and_column) {
  for (const char* number : {"x", "1x", "inf", "-inf", "1e400", "0x10", "+1", "1 2", "--1"}) {
    EXPECT_THAT(
        fault_of(with_rows(fmt::format("2023-01-01 00:00:00,1\n2023-01-01 01:00:00,{}\n", number))),
        HasSubstr(fmt::format(
            "grid.csv:3: column 'Carbon intensity gCO₂eq/kWh (Life cycle)': '{}' is not a number",
            number)));
  }
}

TEST(ElectricityMapsCsv, a_negative_intensity_is_an_error) {
  EXPECT_THAT(fault_of(with_rows("2023-01-01 00:00:00,-1\n")), HasSubstr("'-1' is negative"));
  EXPECT_TRUE(parse(with_rows("2023-01-01 00:00:00,0\n2023-01-01 01:00:00,0\n")));
}

TEST(ElectricityMapsCsv, times_must_go_forward) {
  EXPECT_THAT(fault_of(with_rows("2023-01-01 00:00:00,1\n2023-01-01 00:00:00,1\n")),
              HasSubstr("grid.csv:3: column 'Datetime (UTC)': '2023-01-01 00:00:00' is the time of "
                        "the row before"));
  EXPECT_THAT(fault_of(with_rows("2023-01-01 01:00:00,1\n2023-01-01 00:00:00,1\n")),
              HasSubstr("is before the row before"));
}

TEST(ElectricityMapsCsv, two_zones_in_one_file_are_an_error) {
  std::string csv(kNew);
  csv += "2023-01-01 02:00:00,France,France,FR,40,60,95,30,rte,false,\n";
  EXPECT_THAT(fault_of(csv), HasSubstr("grid.csv:4: column 'Zone id': 'FR' after 'DE'"));
}

TEST(ElectricityMapsCsv, a_column_that_is_there_twice_is_an_error) {
  EXPECT_THAT(fault_of("Datetime (UTC),Carbon intensity gCO₂eq/kWh (Life cycle),Carbon Intensity "
                       "gCO₂eq/kWh (LCA)\n"),
              HasSubstr("there is a second column of this meaning"));
}

TEST(ElectricityMapsCsv, a_row_with_too_few_or_too_many_fields_is_an_error) {
  EXPECT_THAT(fault_of(with_rows("2023-01-01 00:00:00\n")),
              HasSubstr("grid.csv:2: 1 fields where the header has 2"));
  EXPECT_THAT(fault_of(with_rows("2023-01-01 00:00:00,1,2\n")),
              HasSubstr("grid.csv:2: 3 fields where the header has 2"));
}

TEST(ElectricityMapsCsv, a_file_that_does_not_tell_its_step_is_an_error) {
  EXPECT_THAT(fault_of(""), HasSubstr("grid.csv: is empty"));
  EXPECT_THAT(fault_of(with_rows("")), HasSubstr("no row of data"));
  EXPECT_THAT(fault_of(with_rows("2023-01-01 00:00:00,1\n")), HasSubstr("1 row of data"));
}

TEST(ElectricityMapsCsv, a_monthly_file_is_told_to_be_one) {
  EXPECT_THAT(
      fault_of(with_rows("2023-01-01 00:00:00,1\n2023-02-01 00:00:00,1\n2023-03-01 00:00:00,1\n")),
      HasSubstr("grid.csv:3: column 'Datetime (UTC)': 2678400 s after the row before, no multiple "
                "of the file's step of 2419200 s; monthly and yearly files have no fixed step"));
}

TEST(ElectricityMapsCsv, finer_steps_than_an_hour_are_taken_as_they_are) {
  const auto parsed = parse(with_rows("2023-01-01 00:00:00,1\n2023-01-01 00:05:00,2\n"));
  ASSERT_TRUE(parsed) << parsed.error().message;
  ASSERT_THAT(parsed->intervals, SizeIs(2));
  EXPECT_EQ(parsed->intervals[1].until_unix_s - parsed->intervals[1].from_unix_s, 300);
}

TEST(ElectricityMapsCsv, faults_of_the_csv_itself_have_a_line_too) {
  EXPECT_THAT(fault_of(with_rows("\"2023-01-01 00:00:00,1\n")),
              HasSubstr("grid.csv:2: a quote is opened and never closed"));
}

TEST(ElectricityMapsCsv, another_kind_of_file_is_told_what_is_missing) {
  EXPECT_THAT(fault_of(std::string_view("\x7f"
                                        "ELF\0\1\2",
                                        7)),
              HasSubstr("grid.csv:1: no column with the time, which Electricity Maps calls "
                        "'Datetime (UTC)'"));
}

}  // namespace
}  // namespace turngreen::energy
