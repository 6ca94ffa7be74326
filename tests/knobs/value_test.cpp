#include "turngreen/knobs/value.h"

#include <gtest/gtest.h>

namespace turngreen::knobs {
namespace {

TEST(Value, keeps_its_text_as_written) {
  EXPECT_EQ(Value("5e-5").text(), "5e-5");
  EXPECT_EQ(Value("5e-5").number(), 5e-5);
}

TEST(Value, numbers_are_equal_by_what_they_are) {
  EXPECT_EQ(Value("5e-5"), Value("0.00005"));
  EXPECT_EQ(Value("16"), Value("16.0"));
  EXPECT_NE(Value("16"), Value("17"));
}

TEST(Value, words_are_equal_by_their_text) {
  EXPECT_EQ(Value("bf16"), Value("bf16"));
  EXPECT_NE(Value("bf16"), Value("BF16"));
}

TEST(Value, a_number_with_something_behind_it_is_a_word) {
  for (const char* text : {"16 GB", "1.5x", "0x10", "1,5", " 3", "3 ", "", "-", "1e400"}) {
    EXPECT_FALSE(Value(text).number()) << text;
  }
}

TEST(Value, infinity_and_not_a_number_are_words) {
  for (const char* text : {"inf", "-inf", "nan", "infinity"}) {
    EXPECT_FALSE(Value(text).number()) << text;
    EXPECT_EQ(Value(text), Value(text));
  }
}

}  // namespace
}  // namespace turngreen::knobs
