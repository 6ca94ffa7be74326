#include "study/yaml_document.h"

#include <gmock/gmock.h>

namespace turngreen::study {
namespace {

using testing::HasSubstr;
using Kind = YamlNode::Kind;

std::string fault_of(std::string_view text) {
  const auto document = parse_yaml(text);
  if (document) return "none";
  return std::to_string(document.error().line) + ":" + std::to_string(document.error().column) +
         ": " + document.error().message;
}

TEST(YamlDocument, keeps_texts_as_written_and_where_they_stand) {
  const auto root = parse_yaml("a: 5e-5\nb:\n  - \"x y\"\n  - ~\n").value();
  ASSERT_EQ(root.entries.size(), 2u);
  EXPECT_EQ(root.entries[0].value.text, "5e-5");
  EXPECT_EQ(root.entries[0].value.line, 1);
  EXPECT_EQ(root.entries[0].value.column, 4);
  const auto& list = root.entries[1].value;
  ASSERT_EQ(list.items.size(), 2u);
  EXPECT_EQ(list.items[0].text, "x y");
  EXPECT_EQ(list.items[0].line, 3);
  EXPECT_EQ(list.items[0].column, 5);
  EXPECT_EQ(list.items[1].kind, Kind::null);
}

TEST(YamlDocument, a_missing_value_stands_where_its_key_is) {
  const auto root = parse_yaml("a: 1\nb:\nc: 2\n").value();
  EXPECT_EQ(root.entries[1].value.kind, Kind::null);
  EXPECT_EQ(root.entries[1].value.line, 2);
}

TEST(YamlDocument, quotes_make_a_text_of_what_would_be_nothing) {
  const auto root = parse_yaml("[\"\", '~', null]").value();
  EXPECT_EQ(root.items[0].kind, Kind::scalar);
  EXPECT_EQ(root.items[1].kind, Kind::scalar);
  EXPECT_EQ(root.items[2].kind, Kind::null);
}

TEST(YamlDocument, columns_are_counted_in_bytes) {
  EXPECT_EQ(parse_yaml("{\xc3\xa4\xc3\xa4: 1}")->entries[0].value.column, 8);
}

TEST(YamlDocument, aliases_anchors_and_tags_are_refused) {
  EXPECT_THAT(fault_of("a: &x 1\nb: *x\n"), HasSubstr("1:4: there is an anchor"));
  EXPECT_THAT(fault_of("a: !!binary aGk=\n"), HasSubstr("there is a tag"));
  EXPECT_THAT(fault_of("a: *x\n"), HasSubstr("1:4: "));
}

TEST(YamlDocument, nesting_is_bounded) {
  EXPECT_EQ(fault_of(std::string(32, '[') + std::string(32, ']')), "none");
  EXPECT_THAT(fault_of(std::string(33, '[') + std::string(33, ']')), HasSubstr("deeper"));
  EXPECT_THAT(fault_of(std::string(500'000, '[')), HasSubstr("deeper"));
  EXPECT_THAT(fault_of(std::string(300'000, '{')), HasSubstr("deeper"));
}

TEST(YamlDocument, size_and_number_of_values_are_bounded) {
  EXPECT_THAT(fault_of(std::string(1'000'001, 'a')), HasSubstr("longer than 1000000 bytes"));
  std::string many = "[";
  for (int i = 0; i < 30'000; ++i) many += "1,";
  EXPECT_THAT(fault_of(many + "1]"), HasSubstr("more than 20000 values"));
}

TEST(YamlDocument, what_is_not_utf8_is_told_with_its_place) {
  EXPECT_EQ(fault_of("a: 1\nb: \xc3\xa4\xff\n"),
            "2:6: byte 11 is not UTF-8; save the file as UTF-8");
  for (const char* wrong :
       {"\xc0\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xe0\x80\x80", "\xc3"}) {
    EXPECT_THAT(fault_of(wrong), HasSubstr("not UTF-8")) << wrong;
  }
}

TEST(YamlDocument, nul_characters_are_refused_also_as_escapes) {
  EXPECT_THAT(fault_of(std::string_view("a: b\0c", 6)), HasSubstr("1:5: there is a NUL"));
  EXPECT_THAT(fault_of("a: \"b\\0c\""), HasSubstr("there is a NUL"));
}

TEST(YamlDocument, one_document_only_and_something_in_it) {
  EXPECT_THAT(fault_of("a: 1\n---\nb: 2\n"), HasSubstr("second document"));
  EXPECT_THAT(fault_of(""), HasSubstr("nothing in it"));
  EXPECT_THAT(fault_of("# only a comment\n"), HasSubstr("nothing in it"));
}

TEST(YamlDocument, broken_syntax_is_told_with_its_place) {
  EXPECT_THAT(fault_of("a: 1\nb: [1, 2\n"), HasSubstr("not YAML"));
  EXPECT_THAT(fault_of("a: 1\n\tb: 2\n"), testing::StartsWith("2:"));
  EXPECT_THAT(fault_of("? [a]\n: 1\n"), HasSubstr("a key must be a word"));
}

}  // namespace
}  // namespace turngreen::study
