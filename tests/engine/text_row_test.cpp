#include "text_row.h"

#include <gmock/gmock.h>

namespace turngreen::engine {
namespace {

using testing::HasSubstr;

std::string fault(std::string_view line) {
  const auto text = text_of_row(line, "text");
  return text ? "none" : text.error().message;
}

TEST(TextRow, takes_the_column_of_the_outermost_object) {
  EXPECT_EQ(
      text_of_row(R"({"a": {"text": "no"}, "b": ["text"], "text": "yes\n\u00e9"})", "text").value(),
      "yes\n\u00E9");
}

TEST(TextRow, bytes_that_are_no_utf8_are_replaced) {
  EXPECT_EQ(text_of_row("{\"text\": \"a\xFF\"}", "text").value(), "a\uFFFD");
}

TEST(TextRow, says_what_is_wrong) {
  EXPECT_THAT(fault("{"), HasSubstr("this is no JSON object"));
  EXPECT_THAT(fault("[]"), HasSubstr("this is an array, where an object belongs"));
  EXPECT_THAT(fault("1"), HasSubstr("this is a number, where an object belongs"));
  EXPECT_THAT(fault("{}"), HasSubstr("there is no column 'text' in this row"));
  EXPECT_THAT(fault(R"({"text": null})"),
              HasSubstr("column 'text' holds null, where a text belongs"));
  EXPECT_THAT(fault(R"({"text": ["a"]})"), HasSubstr("holds an array"));
  EXPECT_THAT(fault(R"({"text": "\ud800"})"), HasSubstr("this is no JSON object"));
  EXPECT_THAT(fault(std::string(2000, '{')), HasSubstr("no JSON"));
}

TEST(TextRow, depth_is_bounded) {
  EXPECT_THAT(fault("{\"a\": " + std::string(2000, '[')), HasSubstr("nested more than 1000 deep"));
}

}  // namespace
}  // namespace turngreen::engine
