#include "word_piece.h"

#include <gmock/gmock.h>

namespace turngreen::tokenizer {
namespace {

using testing::ElementsAre;
using testing::Pair;

WordPiece model(std::size_t longest = 100) {
  Vocabulary vocabulary;
  std::uint32_t id = 0;
  for (const char* token : {"[UNK]", "un", "##aff", "##able", "unaf", "##a", "\u6F22", "##"})
    vocabulary.add(token, id++);
  return WordPiece::build(std::move(vocabulary), {.longest_word = longest}).value();
}

std::vector<std::pair<std::uint32_t, std::uint32_t>> tokens(const WordPiece& model,
                                                            std::string_view word) {
  std::vector<WordToken> out;
  model.tokenize(word, out);
  std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
  for (const WordToken& token : out) pairs.emplace_back(token.id, token.length);
  return pairs;
}

TEST(WordPiece, the_longest_goes_first) {
  EXPECT_THAT(tokens(model(), "unable"), ElementsAre(Pair(1, 2), Pair(3, 4)));
}

TEST(WordPiece, a_greedy_choice_that_leads_nowhere_makes_the_word_unknown) {
  EXPECT_THAT(tokens(model(), "unaffable"), ElementsAre(Pair(0, 9)));
}

TEST(WordPiece, the_prefix_alone_is_no_piece) {
  EXPECT_THAT(tokens(model(), "unx"), ElementsAre(Pair(0, 3)));
}

TEST(WordPiece, length_counts_code_points) {
  EXPECT_THAT(tokens(model(1), "\u6F22"), ElementsAre(Pair(6, 3)));
  EXPECT_THAT(tokens(model(1), "un"), ElementsAre(Pair(0, 2)));
}

TEST(WordPiece, needs_its_unknown_token) {
  const auto built = WordPiece::build(Vocabulary(), {});
  ASSERT_FALSE(built);
  EXPECT_EQ(built.error().message,
            "unk_token: the vocabulary lacks '[UNK]'; add it there, or name one that it has");
}

}  // namespace
}  // namespace turngreen::tokenizer
