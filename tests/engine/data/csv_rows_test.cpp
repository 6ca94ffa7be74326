#include <gmock/gmock.h>

#include "written_file.h"

namespace turngreen::data {
namespace {

using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;

const ReadOptions kBoth{.text = "text", .label = "label"};
const ReadOptions kSkip{.text = "text", .label = "label", .on_bad_row = BadRows::skip};

std::vector<std::string> texts_in(const std::string& content, const std::string& name = "a.csv") {
  const WrittenFile file(name, content);
  auto reader = file.open(kBoth).value();
  return texts_of(rest_of(reader));
}

std::string fault_in(const std::string& content) {
  return fault_of(WrittenFile("a.csv", content), kBoth);
}

TEST(CsvRows, gives_the_columns_by_name) {
  const WrittenFile file("a.csv", "id,label,text\n7,x,hello\n8,,world\n");
  auto reader = file.open(kBoth).value();
  const auto rows = rest_of(reader);
  EXPECT_THAT(texts_of(rows), ElementsAre("hello", "world"));
  EXPECT_EQ(rows[0].label, Cell(std::string("x")));
  EXPECT_EQ(rows[1].label, Cell());
  EXPECT_EQ(rows[1].number, 1u);
  EXPECT_EQ(rows[1].line, 3u);
}

TEST(CsvRows, quotes_hold_separators_line_ends_and_doubled_quotes) {
  EXPECT_THAT(
      texts_in(
          "text,label\n\"a,b\",0\n\"line\r\nline\",0\n\"say \"\"hi\"\"\",0\n\"\"\"\",0\n\"\",0"),
      ElementsAre("a,b", "line\r\nline", "say \"hi\"", "\"", ""));
}

TEST(CsvRows, quotes_within_an_unquoted_field_stand_for_themselves) {
  EXPECT_THAT(texts_in("text,label\n5\" pipe,0\n"), ElementsAre("5\" pipe"));
}

TEST(CsvRows, lines_may_end_in_any_way_and_be_empty) {
  EXPECT_THAT(texts_in("\xEF\xBB\xBFtext,label\r\na,0\r\n\r\nb,0\rc,0\n\n"),
              ElementsAre("a", "b", "c"));
}

TEST(CsvRows, tabs_part_the_fields_of_tsv) {
  EXPECT_THAT(texts_in("text\tlabel\na,b\t0\n\"c\td\"\t0\n", "a.tsv"), ElementsAre("a,b", "c\td"));
}

TEST(CsvRows, the_line_of_a_row_is_where_it_begins) {
  const WrittenFile file("a.csv", "text,label\n\"a\nb\",0\n\nc,0\n");
  auto reader = file.open(kBoth).value();
  const auto rows = rest_of(reader);
  EXPECT_EQ(rows[0].line, 2u);
  EXPECT_EQ(rows[1].line, 5u);
}

TEST(CsvRows, a_record_may_be_longer_than_the_memory_held_at_first) {
  const std::string longest = std::string(1'500'000, 'x') + "\n" + std::string(1'500'000, 'y');
  EXPECT_THAT(texts_in("text,label\na,0\n\"" + longest + "\",0\nb,0\n"),
              ElementsAre("a", longest, "b"));
}

// Whatever lies at the end of what is in memory: a quote, a CR, a separator.
TEST(CsvRows, records_are_the_same_wherever_the_memory_ends) {
  for (std::size_t padding = (1 << 20) - 40; padding < (1 << 20) + 10; ++padding) {
    const std::string before(padding, 'p');
    ASSERT_THAT(texts_in("text,label\n" + before + ",0\n\"a\"\"\r\nb\",\"0\"\r\n\"c\",0\r\n"),
                ElementsAre(before, "a\"\r\nb", "c"));
  }
}

TEST(CsvRows, a_missing_column_is_told_with_those_there) {
  EXPECT_THAT(
      fault_in("txt,label\na,0\n"),
      HasSubstr("a.csv: there is no column 'text' in the header; it has 'txt', 'label'; did "
                "you mean 'txt'?"));
  EXPECT_THAT(fault_in("text,text,label\n"), HasSubstr("there are two columns 'text'"));
  EXPECT_THAT(fault_in(""), HasSubstr("a.csv: no header"));
  EXPECT_THAT(fault_in("\"text"), HasSubstr("a.csv:1: the header: a quote is opened"));
}

TEST(CsvRows, says_what_is_wrong) {
  EXPECT_THAT(fault_in("text,label\na,0,1\n"),
              HasSubstr("a.csv:2: 3 fields, where the header has 2"));
  EXPECT_THAT(fault_in("text,label\na\n"), HasSubstr("a.csv:2: 1 fields"));
  EXPECT_THAT(fault_in("text,label\n\"a\"b,0\n"), HasSubstr("text between a closing quote"));
  EXPECT_THAT(fault_in("\xFF\xFEt\0e\0"), HasSubstr("this is UTF-16"));
}

TEST(CsvRows, a_bad_row_is_skipped_to_where_its_record_ends) {
  const WrittenFile file("a.csv", "text,label\n\"a\"b \"c,0\n\"d\n,e\",1,2\nf,0\n");
  auto reader = file.open(kSkip).value();
  EXPECT_THAT(texts_of(rest_of(reader)), ElementsAre("f"));
  EXPECT_EQ(reader.bad_row_count(), 2u);
}

TEST(CsvRows, nothing_follows_a_quote_that_is_never_closed) {
  const WrittenFile file("a.csv", "text,label\na,0\n\"b,0\nc,0\nd,0\n");
  auto reader = file.open(kSkip).value();
  std::vector<Row> rows;
  ASSERT_TRUE(reader.next(rows, 10));
  EXPECT_THAT(texts_of(rows), ElementsAre("a"));
  ASSERT_EQ(reader.bad_rows().size(), 1u);
  EXPECT_THAT(reader.bad_rows()[0].message,
              HasSubstr("a.csv:3: a quote is opened and never closed"));
  ASSERT_TRUE(reader.next(rows, 10));
  EXPECT_THAT(rows, IsEmpty());
}

}  // namespace
}  // namespace turngreen::data
