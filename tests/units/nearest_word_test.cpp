#include "turngreen/units/nearest_word.h"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace turngreen::units {
namespace {

constexpr std::array<std::string_view, 4> kWords{"begin", "end", "progress", "metric"};

TEST(NearestWord, a_letter_missing_added_changed_or_swapped_is_forgiven) {
  for (const auto* text : {"begn", "beginn", "bexin", "beign", "begin"}) {
    EXPECT_EQ(nearest_word(text, kWords), "begin") << text;
  }
  EXPECT_EQ(nearest_word("progres", kWords), "progress");
}

TEST(NearestWord, what_is_near_to_nothing_has_none) {
  EXPECT_EQ(nearest_word("explode", kWords), std::nullopt);
  EXPECT_EQ(nearest_word("", kWords), std::nullopt);
  EXPECT_EQ(nearest_word("and then", kWords), std::nullopt);
}

TEST(NearestWord, a_huge_word_costs_nothing) {
  EXPECT_EQ(nearest_word(std::string(60'000, 'e'), kWords), std::nullopt);
}

}  // namespace
}  // namespace turngreen::units
