#include "utf8_text.h"

#include <gtest/gtest.h>

namespace turngreen::tokenizer {
namespace {

TEST(Utf8Text, only_well_formed_sequences_are_utf8) {
  for (const char* text :
       {"", "a", "\xC3\xA9", "\xE6\xBC\xA2", "\xF0\x9F\x98\x80", "\xF4\x8F\xBF\xBF"}) {
    EXPECT_TRUE(is_utf8(text)) << text;
  }
  // A lone tail, overlong, a surrogate, beyond the last code point, cut off.
  for (const char* text :
       {"\x80", "\xC0\xAF", "\xE0\x80\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xE6\xBC"}) {
    EXPECT_FALSE(is_utf8(text));
  }
}

TEST(Utf8Text, what_goes_wrong_becomes_one_replacement_as_in_python) {
  EXPECT_EQ(with_replacements("a\xFF"
                              "b"),
            "a\uFFFDb");
  EXPECT_EQ(with_replacements("\xE6\xBC"), "\uFFFD");  // cut off: one
  EXPECT_EQ(with_replacements("\xE6\xBC"
                              "x"),
            "\uFFFDx");
  EXPECT_EQ(with_replacements("\xED\xA0\x80"), "\uFFFD\uFFFD\uFFFD");  // a surrogate: each byte
  EXPECT_EQ(with_replacements("\xF0\x9F\x98\x41"),
            "\uFFFD"
            "A");
  EXPECT_EQ(with_replacements("\xC0\xAF"), "\uFFFD\uFFFD");
}

TEST(Utf8Text, code_points_survive_writing_and_reading) {
  for (const char32_t code :
       std::initializer_list<char32_t>{0x0, 0x7F, 0x80, 0x7FF, 0x800, 0xFFFF, 0x10000, 0x10FFFF}) {
    std::string text;
    append_code_point(text, code);
    EXPECT_EQ(text.size(), utf8_length(code));
    EXPECT_EQ(code_point_before(text, text.size()), code);
    std::size_t at = 0;
    EXPECT_EQ(next_code_point(text, at), code);
    EXPECT_EQ(at, text.size());
  }
}

TEST(Utf8Text, ascii_is_told_at_any_length) {
  for (std::size_t size = 0; size < 20; ++size) {
    std::string text(size, 'a');
    EXPECT_TRUE(is_ascii(text));
    for (char& byte : text) {
      byte = '\x80';
      EXPECT_FALSE(is_ascii(text));
      byte = 'a';
    }
  }
}

}  // namespace
}  // namespace turngreen::tokenizer
