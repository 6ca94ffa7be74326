#include "byte_level.h"

#include <gmock/gmock.h>

namespace turngreen::tokenizer {
namespace {

using testing::ElementsAre;

std::vector<std::string> words(std::string_view text) {
  std::vector<Piece> pieces;
  append_byte_level_words(text, {0, static_cast<std::uint32_t>(text.size())}, pieces);
  std::vector<std::string> all;
  for (const Piece& piece : pieces)
    all.emplace_back(text.substr(piece.range.begin, piece.range.size()));
  return all;
}

TEST(ByteLevel, words_take_one_blank_before_them) {
  EXPECT_THAT(words("int  x = 12;"), ElementsAre("int", " ", " x", " =", " 12", ";"));
}

TEST(ByteLevel, contractions_stand_alone_in_small_letters) {
  EXPECT_THAT(words("it's we'll 'REx"), ElementsAre("it", "'s", " we", "'ll", " '", "REx"));
  EXPECT_THAT(words("'sx '"), ElementsAre("'s", "x", " '"));
}

TEST(ByteLevel, white_space_leaves_its_last_to_what_follows) {
  EXPECT_THAT(words("a\n\n\tb"), ElementsAre("a", "\n\n", "\t", "b"));
  EXPECT_THAT(words("a   b"), ElementsAre("a", "  ", " b"));
  EXPECT_THAT(words("a  \n"), ElementsAre("a", "  \n"));
  EXPECT_THAT(words("\nb"), ElementsAre("\n", "b"));
}

TEST(ByteLevel, letters_and_numbers_are_those_of_unicode) {
  EXPECT_THAT(words("\u00E9\u6F22\u00BD\u20AC"), ElementsAre("\u00E9\u6F22", "\u00BD", "\u20AC"));
}

TEST(ByteLevel, the_alphabet_goes_both_ways) {
  EXPECT_EQ(code_point_of_byte('a'), U'a');
  EXPECT_EQ(code_point_of_byte(' '), 0x120u);
  EXPECT_EQ(code_point_of_byte(0), 0x100u);
  EXPECT_EQ(bytes_of_alphabet("\u0120a\u0100"), std::string(" a\0", 3));
  EXPECT_EQ(bytes_of_alphabet("\u6F22"), std::nullopt);
}

}  // namespace
}  // namespace turngreen::tokenizer
