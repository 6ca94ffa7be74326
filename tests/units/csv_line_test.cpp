#include "turngreen/units/csv_line.h"

#include <gtest/gtest.h>

#include <array>
#include <vector>

#include "turngreen/units/csv_records.h"

namespace turngreen::units {
namespace {

TEST(CsvLine, puts_commas_between_the_fields_and_ends_the_line) {
  EXPECT_EQ(csv_line(std::array<std::string, 3>{"a", "", "1.5"}), "a,,1.5\n");
}

TEST(CsvLine, is_read_back_as_it_was_whatever_the_fields_hold) {
  const std::vector<std::string> fields{"a,b", "say \"no\"", "two\nlines", "", " blank "};
  const auto line = csv_line(fields);
  CsvRecords records(line);
  std::vector<std::string> read;
  ASSERT_TRUE(records.next(read).value());
  EXPECT_EQ(read, fields);
}

}  // namespace
}  // namespace turngreen::units
