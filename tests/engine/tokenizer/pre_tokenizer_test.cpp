#include "pre_tokenizer.h"

#include <gmock/gmock.h>

namespace turngreen::tokenizer {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> split(const std::vector<PreTokenizer>& pre_tokenizers,
                               std::string_view text, bool keep_bytes = false) {
  Segment segment;
  segment.text.assign(text, {0, static_cast<std::uint32_t>(text.size())});
  if (!text.empty()) segment.pieces = {{{0, static_cast<std::uint32_t>(text.size())}}};
  std::vector<Piece> spare;
  PreTokenizerList(pre_tokenizers).apply(segment, keep_bytes, spare);
  std::vector<std::string> words;
  for (const Piece& piece : segment.pieces) words.emplace_back(segment.text.text(piece.range));
  return words;
}

TEST(PreTokenizer, bert_drops_white_space_and_isolates_punctuation) {
  EXPECT_THAT(split({BertPreTokenizer()}, " a+b\u3000\u00BFc?? "),
              ElementsAre("a", "+", "b", "\u00BF", "c", "?", "?"));
  EXPECT_THAT(split({BertPreTokenizer()}, ""), IsEmpty());
}

TEST(PreTokenizer, whitespace_keeps_runs_of_words_and_of_signs) {
  EXPECT_THAT(split({Whitespace()}, "a_1 ->b\n"), ElementsAre("a_1", "->", "b"));
}

TEST(PreTokenizer, digits_stand_together_or_alone) {
  EXPECT_THAT(split({Digits{false}}, "a12b"), ElementsAre("a", "12", "b"));
  EXPECT_THAT(split({Digits{true}}, "a12b"), ElementsAre("a", "1", "2", "b"));
}

TEST(PreTokenizer, split_may_be_inverted) {
  EXPECT_THAT(split({SplitLiteral{"--", SplitBehavior::removed, false}}, "a--b"),
              ElementsAre("a", "b"));
  EXPECT_THAT(split({SplitLiteral{"--", SplitBehavior::removed, true}}, "a--b"), ElementsAre("--"));
}

TEST(PreTokenizer, metaspace_marks_where_words_begin) {
  const Metaspace metaspace{"\u2581", Metaspace::Prepend::always, true};
  EXPECT_THAT(split({metaspace}, "a b"), ElementsAre("\u2581"
                                                     "a",
                                                     "\u2581"
                                                     "b"));
  EXPECT_THAT(split({metaspace}, " a"), ElementsAre("\u2581"
                                                    "a"));
}

TEST(PreTokenizer, metaspace_first_is_only_for_the_beginning_of_the_input) {
  const Metaspace first{"\u2581", Metaspace::Prepend::first, true};
  EXPECT_THAT(split({WhitespaceSplit(), first}, "a b"), ElementsAre("\u2581"
                                                                    "a",
                                                                    "b"));
}

TEST(PreTokenizer, byte_level_writes_its_alphabet_unless_bytes_are_kept) {
  EXPECT_THAT(split({ByteLevel{true, true}}, "a b"), ElementsAre("\u0120"
                                                                 "a",
                                                                 "\u0120"
                                                                 "b"));
  EXPECT_THAT(split({ByteLevel{true, true}}, "a b", true), ElementsAre(" a", " b"));
  EXPECT_THAT(split({ByteLevel{false, true}, Digits{true}}, "a1\u00E9", true),
              ElementsAre("a", "1", "\u00C3\u00A9"));
}

TEST(PreTokenizer, fixed_lengths_count_code_points) {
  EXPECT_THAT(split({FixedLength{2}}, "a\u00E9b"), ElementsAre("a\u00E9", "b"));
}

TEST(PreTokenizer, added_tokens_are_left_alone) {
  Segment segment;
  segment.text.assign("a b", {0, 3});
  segment.pieces = {{{0, 3}, 7}};
  std::vector<Piece> spare;
  PreTokenizerList({ByteLevel{true, true}}).apply(segment, false, spare);
  ASSERT_EQ(segment.pieces.size(), 1u);
  EXPECT_EQ(segment.pieces[0].added, 7u);
  EXPECT_EQ(segment.text.text(), "a b");
}

}  // namespace
}  // namespace turngreen::tokenizer
