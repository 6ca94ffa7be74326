#include "turngreen/units/csv_records.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace turngreen::units {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using Records = std::vector<std::vector<std::string>>;

Records all_of(std::string_view text) {
  CsvRecords records(text);
  Records all;
  std::vector<std::string> fields;
  while (true) {
    const auto more = records.next(fields);
    if (!more) {
      ADD_FAILURE() << more.error().message;
      return all;
    }
    if (!*more) return all;
    all.push_back(fields);
  }
}

/// The message of the first error, after its line.
std::string fault_of(std::string_view text) {
  CsvRecords records(text);
  std::vector<std::string> fields;
  while (true) {
    const auto more = records.next(fields);
    if (!more) return std::to_string(records.line()) + ": " + more.error().message;
    if (!*more) return "no error";
  }
}

TEST(CsvRecords, fields_are_separated_by_commas_and_records_by_line_ends) {
  EXPECT_THAT(all_of("a,b\nc,d\n"), ElementsAre(ElementsAre("a", "b"), ElementsAre("c", "d")));
  EXPECT_THAT(all_of("a,b\nc,d"), ElementsAre(ElementsAre("a", "b"), ElementsAre("c", "d")));
  EXPECT_THAT(all_of("a\r\nb\r\n"), ElementsAre(ElementsAre("a"), ElementsAre("b")));
}

TEST(CsvRecords, empty_fields_are_kept_and_empty_lines_are_not) {
  EXPECT_THAT(all_of(",\n\n\r\na,,\n"), ElementsAre(ElementsAre("", ""), ElementsAre("a", "", "")));
  EXPECT_THAT(all_of("a,"), ElementsAre(ElementsAre("a", "")));
}

TEST(CsvRecords, text_without_a_record_has_none) {
  EXPECT_THAT(all_of(""), IsEmpty());
  EXPECT_THAT(all_of("\n\n"), IsEmpty());
  EXPECT_THAT(all_of("\xef\xbb\xbf"), IsEmpty());
}

TEST(CsvRecords, a_byte_order_mark_is_no_part_of_the_first_field) {
  EXPECT_THAT(all_of("\xef\xbb\xbf"
                     "a,b\n"),
              ElementsAre(ElementsAre("a", "b")));
  EXPECT_THAT(all_of("\xef\xbb\xbf\"a\",b\n"), ElementsAre(ElementsAre("a", "b")));
}

TEST(CsvRecords, a_quoted_field_holds_commas_quotes_and_line_ends) {
  EXPECT_THAT(all_of("\"a,b\",\"say \"\"x\"\"\"\r\n\"two\nlines\",\"\""),
              ElementsAre(ElementsAre("a,b", "say \"x\""), ElementsAre("two\nlines", "")));
}

TEST(CsvRecords, tells_the_line_a_record_begins_on) {
  CsvRecords records("a\n\n\"two\nlines\"\nb\n");
  std::vector<std::string> fields;
  for (const std::size_t line : {1u, 3u, 5u}) {
    ASSERT_EQ(records.next(fields), true);
    EXPECT_EQ(records.line(), line);
  }
  EXPECT_EQ(records.next(fields), false);
}

TEST(CsvRecords, a_quote_that_is_never_closed_is_an_error_where_its_record_begins) {
  EXPECT_THAT(fault_of("a\n\"b\nc\n"), HasSubstr("2: a quote is opened and never closed"));
}

TEST(CsvRecords, stray_quotes_are_errors) {
  EXPECT_THAT(fault_of("a,b\"c\n"), HasSubstr("a quote inside a field"));
  EXPECT_THAT(fault_of("\"a\"b,c\n"), HasSubstr("text between a closing quote and the next comma"));
}

TEST(CsvRecords, a_row_of_very_many_fields_is_an_error) {
  EXPECT_EQ(all_of(std::string(999, ',')).front().size(), 1000u);
  EXPECT_THAT(fault_of(std::string(1000, ',')), HasSubstr("more than 1000 fields"));
}

}  // namespace
}  // namespace turngreen::units
