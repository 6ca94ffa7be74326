#include "normalizer.h"

#include <gtest/gtest.h>

namespace turngreen::tokenizer {
namespace {

std::string normalized(const Normalizer& normalizer, std::string_view text) {
  AlignedText aligned;
  aligned.assign(text, {0, static_cast<std::uint32_t>(text.size())});
  NormalizerList({normalizer}).apply(aligned);
  return std::string(aligned.text());
}

TEST(Normalizer, bert_cleans_parts_strips_and_lowers) {
  const BertNormalizer bert;
  EXPECT_EQ(normalized(bert, "Hello\tW\u00D6RLD\u6F22"), "hello world \u6F22 ");
  EXPECT_EQ(normalized(bert, std::string_view("a\0b\x01\n\x7F", 6)), "ab ");
  EXPECT_EQ(normalized(bert, "A\u200Bb\uFFFD"), "ab");
}

TEST(Normalizer, bert_does_the_same_to_ascii_in_place_as_step_by_step) {
  const std::string ascii = "Int MAIN(void)\r\n\t{ return 0; }";
  for (const bool clean : {false, true}) {
    for (const bool lower : {false, true}) {
      const BertNormalizer bert{clean, true, std::nullopt, lower};
      const std::string beside = normalized(bert, ascii + "\u00D7");
      EXPECT_EQ(normalized(bert, ascii) + "\u00D7", beside);
    }
  }
}

TEST(Normalizer, accents_go_as_lowercase_does_unless_said_otherwise) {
  EXPECT_EQ(normalized(BertNormalizer{true, true, std::nullopt, false}, "\u00C9"), "\u00C9");
  EXPECT_EQ(normalized(BertNormalizer{true, true, true, false}, "\u00C9"), "E");
  EXPECT_EQ(normalized(BertNormalizer{true, true, false, true}, "\u00C9"), "\u00E9");
}

TEST(Normalizer, strip_accents_leaves_what_is_not_decomposed) {
  EXPECT_EQ(normalized(StripAccents(), "e\u0301\u00E9"), "e\u00E9");
}

TEST(Normalizer, lowercase_may_lengthen) {
  EXPECT_EQ(normalized(Lowercase(), "\u0130X"), "i\u0307x");
}

TEST(Normalizer, byte_level_writes_the_alphabet) {
  EXPECT_EQ(normalized(ByteLevelNormalizer(), "a \u00E9"), "a\u0120\u00C3\u00A9");
}

TEST(Normalizer, nmt_turns_odd_spaces_into_blanks_and_drops_control) {
  EXPECT_EQ(normalized(Nmt(), "a\u200Bb\x01\t\uFEFF"), "a b  ");
}

TEST(Normalizer, nothing_is_put_before_nothing) {
  EXPECT_EQ(normalized(Prepend{"x"}, ""), "");
  EXPECT_EQ(normalized(Prepend{"x"}, "a"), "xa");
}

TEST(Normalizer, several_run_in_order) {
  AlignedText text;
  text.assign("A", {0, 1});
  NormalizerList({Prepend{"B"}, Lowercase(), ReplaceLiteral{"b", "C"}}).apply(text);
  EXPECT_EQ(text.text(), "Ca");
}

}  // namespace
}  // namespace turngreen::tokenizer
