#include <gmock/gmock.h>

#include "written_file.h"

namespace turngreen::data {
namespace {

using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;

const ReadOptions kText{.text = "text"};
const ReadOptions kBoth{.text = "text", .label = "label"};

Cell label_in(const std::string& json) {
  const WrittenFile file("a.jsonl", "{\"text\": \"\", \"label\": " + json + "}");
  auto reader = file.open(kBoth).value();
  return rest_of(reader).at(0).label;
}

std::string fault_in(const std::string& line) {
  return fault_of(WrittenFile("a.jsonl", line), kBoth);
}

TEST(JsonlRows, gives_rows_with_their_numbers_and_lines) {
  const WrittenFile file("a.jsonl", "\xEF\xBB\xBF{\"text\": \"a\"}\r\n\n \t\n{\"text\": \"b\\n\"}");
  auto reader = file.open(kText).value();
  const auto rows = rest_of(reader);
  EXPECT_THAT(texts_of(rows), ElementsAre("a", "b\n"));
  EXPECT_EQ(rows[1].number, 1u);
  EXPECT_EQ(rows[1].line, 4u);
  EXPECT_THAT(reader.place_of(rows[1]), EndsWith("a.jsonl:4"));
  EXPECT_EQ(reader.bytes_read(), reader.bytes_in_all());
}

TEST(JsonlRows, gives_as_many_rows_as_asked_for) {
  const WrittenFile file("a.jsonl", "{\"text\": \"a\"}\n{\"text\": \"b\"}\n{\"text\": \"c\"}\n");
  auto reader = file.open(kText).value();
  std::vector<Row> rows;
  ASSERT_TRUE(reader.next(rows, 2));
  EXPECT_THAT(texts_of(rows), ElementsAre("a", "b"));
  ASSERT_TRUE(reader.next(rows, 2));
  EXPECT_THAT(texts_of(rows), ElementsAre("c"));
  ASSERT_TRUE(reader.next(rows, 2));
  EXPECT_TRUE(rows.empty());
}

TEST(JsonlRows, a_line_may_be_longer_than_the_memory_held_at_first) {
  const std::string longest(3'000'000, 'x');
  const WrittenFile file("a.jsonl",
                         "{\"text\": \"a\"}\n{\"text\": \"" + longest + "\"}\n{\"text\": \"b\"}");
  auto reader = file.open(kText).value();
  EXPECT_THAT(texts_of(rest_of(reader)), ElementsAre("a", longest, "b"));
}

TEST(JsonlRows, takes_the_columns_of_the_outermost_object) {
  const WrittenFile file(
      "a.jsonl", R"({"a": {"text": "no"}, "b": ["text"], "text": "no", "text": "yes\u00e9"})");
  auto reader = file.open(kText).value();
  EXPECT_THAT(texts_of(rest_of(reader)), ElementsAre("yes\u00E9"));
}

TEST(JsonlRows, labels_keep_their_types) {
  EXPECT_EQ(label_in("3"), Cell(std::int64_t{3}));
  EXPECT_EQ(label_in("true"), Cell(std::int64_t{1}));
  EXPECT_EQ(label_in("0.5"), Cell(0.5));
  EXPECT_EQ(label_in("\"a\""), Cell(std::string("a")));
  EXPECT_EQ(label_in("null"), Cell());
  EXPECT_EQ(label_in("[0, 1.5, true]"), Cell(std::vector<double>{0, 1.5, 1}));
  EXPECT_EQ(label_in("[\"a\", \"b\"]"), Cell(std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(label_in("[]"), Cell(std::vector<double>()));
}

// Bytes that are no UTF-8 lead to the other parser.
TEST(JsonlRows, labels_keep_their_types_beside_bad_bytes) {
  const auto beside = [](const std::string& json) { return label_in(json + ", \"x\": \"\xFF\""); };
  EXPECT_EQ(beside("3"), Cell(std::int64_t{3}));
  EXPECT_EQ(beside("true"), Cell(std::int64_t{1}));
  EXPECT_EQ(beside("0.5"), Cell(0.5));
  EXPECT_EQ(beside("18446744073709551615"), Cell(18446744073709551615.0));
  EXPECT_EQ(beside("\"a\""), Cell(std::string("a")));
  EXPECT_EQ(beside("null"), Cell());
  EXPECT_EQ(beside("[0, 1.5, true]"), Cell(std::vector<double>{0, 1.5, 1}));
  EXPECT_EQ(beside("[\"a\", \"b\"]"), Cell(std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(beside("[]"), Cell(std::vector<double>()));
}

TEST(JsonlRows, bytes_that_are_no_utf8_are_replaced) {
  const WrittenFile file("a.jsonl", "{\"text\": \"a\xFF\"}");
  auto reader = file.open(kText).value();
  EXPECT_THAT(texts_of(rest_of(reader)), ElementsAre("a\uFFFD"));
}

TEST(JsonlRows, integers_of_any_size_may_stand_beside_the_text) {
  const WrittenFile file("a.jsonl", R"({"id": 123456789012345678901234567890, "text": "a"})");
  auto reader = file.open(kText).value();
  EXPECT_THAT(texts_of(rest_of(reader)), ElementsAre("a"));
}

TEST(JsonlRows, says_what_is_wrong) {
  EXPECT_THAT(fault_in("\n{"), HasSubstr("a.jsonl:2: this is no JSON object"));
  EXPECT_THAT(fault_in("[]"), HasSubstr("this is an array, where an object belongs"));
  EXPECT_THAT(fault_in("1"), HasSubstr("this is a number, where an object belongs"));
  EXPECT_THAT(fault_in("{}"), HasSubstr("there is no column 'text' in this row; it has none"));
  EXPECT_THAT(
      fault_in(R"({"txt": "", "label": 0})"),
      HasSubstr("no column 'text' in this row; it has 'txt', 'label'; did you mean 'txt'?"));
  EXPECT_THAT(fault_in(R"({"text": ""})"), HasSubstr("there is no column 'label' in this row"));
  EXPECT_THAT(fault_in(R"({"text": null, "label": 0})"),
              HasSubstr("column 'text' holds null, where a text belongs"));
  EXPECT_THAT(fault_in(R"({"text": ["a"], "label": 0})"), HasSubstr("holds an array"));
  EXPECT_THAT(fault_in(R"({"text": "", "label": {}})"), HasSubstr("'label' holds an object"));
  EXPECT_THAT(fault_in(R"({"text": "", "label": [0, "a"]})"),
              HasSubstr("an array of other things"));
  EXPECT_THAT(fault_in(R"({"text": "", "label": [[0]]})"), HasSubstr("an array of other things"));
  EXPECT_THAT(fault_in(R"({"text": "\ud800", "label": 0})"), HasSubstr("this is no JSON object"));
  EXPECT_THAT(fault_in("{\"text\": \"\", \"label\": [0, \"\xFF\"]}"),
              HasSubstr("an array of other things"));
  EXPECT_THAT(fault_in("{"), HasSubstr("; --on-bad-row skip leaves such rows out"));
}

TEST(JsonlRows, depth_is_bounded) {
  EXPECT_THAT(fault_in("{\"a\": " + std::string(2000, '[')),
              HasSubstr("nested more than 1000 deep"));
}

TEST(JsonlRows, bad_rows_can_be_skipped_and_are_counted) {
  const WrittenFile file("a.jsonl", "oops\n{\"text\": \"b\"}\n{}\n{\"text\": \"d\"}\n");
  auto reader = file.open({.text = "text", .on_bad_row = BadRows::skip}).value();
  std::vector<Row> rows;
  ASSERT_TRUE(reader.next(rows, 10));
  EXPECT_THAT(texts_of(rows), ElementsAre("b", "d"));
  EXPECT_EQ(rows[0].number, 1u);
  EXPECT_EQ(rows[1].number, 3u);
  ASSERT_EQ(reader.bad_rows().size(), 2u);
  EXPECT_EQ(reader.bad_rows()[1].number, 2u);
  EXPECT_THAT(reader.bad_rows()[1].message, HasSubstr("a.jsonl:3: there is no column 'text'"));
  EXPECT_EQ(reader.bad_row_count(), 2u);
}

}  // namespace
}  // namespace turngreen::data
