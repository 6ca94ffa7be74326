#include "unicode.h"

#include <gtest/gtest.h>

namespace turngreen::tokenizer {
namespace {

TEST(Unicode, properties_of_a_few_code_points) {
  EXPECT_TRUE(properties(' ').has(Property::white_space));
  EXPECT_TRUE(properties(0x3000).has(Property::regex_space));
  EXPECT_TRUE(properties(0x200B).has(Property::other));
  EXPECT_TRUE(properties('$').has(Property::punctuation));  // a symbol, but ASCII
  EXPECT_FALSE(properties(0x20AC).has(Property::punctuation));
  EXPECT_TRUE(properties(0xBD).has(Property::number));
  EXPECT_TRUE(properties('_').has(Property::word));
  EXPECT_TRUE(properties(0x6F22).has(Property::letter));
  EXPECT_TRUE(properties(0x301).has(Property::nonspacing_mark));
  EXPECT_EQ(properties(0x301).combining_class, 230);
  EXPECT_EQ(properties(0x110000).bits, 0);
}

TEST(Unicode, small_letters_may_be_several) {
  char32_t code = 0x130;
  EXPECT_EQ(lower_case(code), U"i\u0307");
  code = 'A';
  EXPECT_EQ(lower_case(code), U"a");
  code = '1';
  EXPECT_EQ(lower_case(code), U"1");
}

TEST(Unicode, what_has_only_a_canonical_decomposition_keeps_it_in_the_compatible_form) {
  char32_t code = 0xE9;
  EXPECT_EQ(compatible_decomposition(code), U"e\u0301");
  code = 0xFB01;
  EXPECT_EQ(canonical_decomposition(code), U"\uFB01");
  EXPECT_EQ(compatible_decomposition(code), U"fi");
}

TEST(Unicode, pairs_compose_and_hangul_does_by_arithmetic) {
  EXPECT_EQ(composition('e', 0x301), 0xE9u);
  EXPECT_EQ(composition(0x1112, 0x1161), 0xD558u);
  EXPECT_EQ(composition(0xD558, 0x11AB), 0xD55Cu);
  EXPECT_EQ(composition('e', 'f'), 0u);
}

}  // namespace
}  // namespace turngreen::tokenizer
