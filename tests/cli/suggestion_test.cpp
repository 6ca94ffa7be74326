#include "cli/suggestion.h"

#include <gtest/gtest.h>

#include <vector>

namespace turngreen::cli {
namespace {

const std::vector<std::string> kWords{"--json", "--csv", "--carbon", "--scope"};

TEST(Suggestion, a_letter_missing_added_changed_or_swapped_is_forgiven) {
  for (const char* typed : {"--jsn", "--jsoon", "--jsan", "--josn"}) {
    EXPECT_EQ(nearest_word(typed, kWords), "--json") << typed;
  }
}

TEST(Suggestion, a_word_that_is_far_from_all_has_none) {
  EXPECT_FALSE(nearest_word("--frobnicate", kWords));
}

TEST(Suggestion, very_long_and_empty_words_have_none) {
  EXPECT_FALSE(nearest_word("", kWords));
  EXPECT_FALSE(nearest_word(std::string(100'000, 'x'), kWords));
}

}  // namespace
}  // namespace turngreen::cli
