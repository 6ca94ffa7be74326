#include "split.h"

#include <gmock/gmock.h>

namespace turngreen::tokenizer {
namespace {

using testing::ElementsAre;

/// "the-final--countdown", as in the reference's documentation.
std::vector<std::string> split(SplitBehavior behavior) {
  const std::string text = "the-final--countdown";
  const std::vector<Part> parts = {{{0, 3}, false}, {{3, 4}, true},   {{4, 9}, false},
                                   {{9, 10}, true}, {{10, 11}, true}, {{11, 20}, false}};
  std::vector<Piece> pieces;
  append_split(parts, behavior, pieces);
  std::vector<std::string> words;
  for (const Piece& piece : pieces)
    words.push_back(text.substr(piece.range.begin, piece.range.size()));
  return words;
}

TEST(Split, does_with_delimiters_as_it_is_told) {
  EXPECT_THAT(split(SplitBehavior::removed), ElementsAre("the", "final", "countdown"));
  EXPECT_THAT(split(SplitBehavior::isolated),
              ElementsAre("the", "-", "final", "-", "-", "countdown"));
  EXPECT_THAT(split(SplitBehavior::merged_with_previous),
              ElementsAre("the-", "final-", "-", "countdown"));
  EXPECT_THAT(split(SplitBehavior::merged_with_next),
              ElementsAre("the", "-final", "-", "-countdown"));
  EXPECT_THAT(split(SplitBehavior::contiguous),
              ElementsAre("the", "-", "final", "--", "countdown"));
}

}  // namespace
}  // namespace turngreen::tokenizer
