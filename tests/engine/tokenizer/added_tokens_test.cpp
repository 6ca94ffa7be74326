#include "added_tokens.h"

#include <gmock/gmock.h>

namespace turngreen::tokenizer {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

AddedTokens build(std::vector<AddedToken> tokens, NormalizerList normalizers = {}) {
  return AddedTokens::build(
             std::move(tokens), 100,
             [](std::string_view token) { return token == "known" ? 5 : kNoToken; }, normalizers,
             "added_tokens")
      .value();
}

AddedToken raw(std::string content) { return {.content = std::move(content), .normalized = false}; }

std::vector<std::string> split(const AddedTokenPass& pass, std::string_view text) {
  std::vector<Piece> pieces;
  pass.split(text, {0, static_cast<std::uint32_t>(text.size())}, pieces);
  std::vector<std::string> all;
  for (const Piece& piece : pieces) {
    const std::string part(text.substr(piece.range.begin, piece.range.size()));
    all.push_back(piece.added == kNoToken ? part : "<" + part + ">");
  }
  return all;
}

TEST(AddedTokens, the_leftmost_and_longest_is_taken) {
  const auto tokens = build({raw("ab"), raw("abc"), raw("bcd")});
  EXPECT_THAT(split(tokens.raw(), "xabcdab"), ElementsAre("x", "<abc>", "d", "<ab>"));
}

TEST(AddedTokens, strips_take_white_space_along) {
  AddedToken token = raw("[M]");
  token.lstrip = token.rstrip = true;
  EXPECT_THAT(split(build({token}).raw(), "a \n[M]\u3000 b"),
              ElementsAre("a", "< \n[M]\u3000 >", "b"));
}

TEST(AddedTokens, a_single_word_is_not_part_of_another) {
  AddedToken token = raw("int");
  token.single_word = true;
  EXPECT_THAT(split(build({token}).raw(), "int print (int) int_"),
              ElementsAre("<int>", " print (", "<int>", ") int_"));
}

TEST(AddedTokens, white_space_that_is_taken_already_makes_no_token) {
  AddedToken token = raw("  ");
  token.lstrip = token.rstrip = true;
  EXPECT_THAT(split(build({token}).raw(), "a    "), ElementsAre("a", "<    >"));
}

TEST(AddedTokens, known_ones_keep_their_id_and_others_follow_the_vocabulary) {
  const auto tokens = build({raw("new"), raw("known"), raw("newer")});
  ASSERT_EQ(tokens.by_id().size(), 3u);
  EXPECT_EQ(tokens.by_id().at(5).content, "known");
  EXPECT_EQ(tokens.by_id().at(100).content, "new");
  EXPECT_EQ(tokens.by_id().at(101).content, "newer");
}

TEST(AddedTokens, normalized_ones_are_looked_for_normalized) {
  const auto tokens = build({{.content = "DAY"}, raw("RAW")}, NormalizerList({Lowercase()}));
  EXPECT_THAT(split(tokens.normalized(), "a day"), ElementsAre("a ", "<day>"));
  EXPECT_THAT(split(tokens.raw(), "day RAW"), ElementsAre("day ", "<RAW>"));
}

TEST(AddedTokens, two_that_are_the_same_once_normalized_are_an_error) {
  const auto built = AddedTokens::build(
      {{.content = "Day"}, {.content = "DAY"}}, 0, [](std::string_view) { return kNoToken; },
      NormalizerList({Lowercase()}), "added_tokens");
  ASSERT_FALSE(built);
  EXPECT_THAT(built.error().message,
              HasSubstr("added_tokens: 'Day' and 'DAY' are both looked for as 'day'"));
}

}  // namespace
}  // namespace turngreen::tokenizer
