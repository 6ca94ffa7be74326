#include "offset_trimming.h"

#include <gtest/gtest.h>

namespace turngreen::tokenizer {
namespace {

TEST(OffsetTrimming, blanks_are_white_space_and_the_byte_level_one) {
  EXPECT_EQ(blanks_of("\u0120\u0120a\u0120").leading, 2u);
  EXPECT_EQ(blanks_of("\u0120\u0120a\u0120").trailing, 1u);
  EXPECT_EQ(blanks_of(" \u0120").leading, 2u);
  EXPECT_EQ(blanks_of(" \u0120").trailing, 2u);
  EXPECT_EQ(blanks_of("\u010A").leading, 0u);  // the alphabet's newline is not counted
}

CharacterRange trimmed(CharacterRange range, Blanks blanks, const TrimOffsets& how) {
  trim({&range, 1}, {&blanks, 1}, how);
  return range;
}

TEST(OffsetTrimming, the_blank_that_was_put_before_the_text_was_never_there) {
  EXPECT_EQ(trimmed({0, 3}, {1, 0}, {true, false}), (CharacterRange{0, 3}));
  EXPECT_EQ(trimmed({0, 3}, {1, 0}, {false, false}), (CharacterRange{1, 3}));
  EXPECT_EQ(trimmed({5, 8}, {1, 0}, {true, true}), (CharacterRange{6, 8}));
}

TEST(OffsetTrimming, nothing_but_blanks_becomes_empty) {
  EXPECT_EQ(trimmed({4, 6}, {2, 2}, {false, false}), (CharacterRange{6, 6}));
}

}  // namespace
}  // namespace turngreen::tokenizer
