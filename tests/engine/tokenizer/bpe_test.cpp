#include "bpe.h"

#include <gmock/gmock.h>

#include "byte_level.h"
#include "utf8_text.h"

namespace turngreen::tokenizer {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;

Vocabulary vocabulary(std::initializer_list<const char*> tokens) {
  Vocabulary all;
  std::uint32_t id = 0;
  for (const char* token : tokens) all.add(token, id++);
  return all;
}

std::vector<std::pair<std::uint32_t, std::uint32_t>> tokens(const Bpe& model, std::string_view word,
                                                            bool bytes = false) {
  BpeWord work;
  std::vector<WordToken> out;
  if (bytes) {
    model.tokenize_bytes(word, work, out);
  } else {
    model.tokenize(word, work, out);
  }
  std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
  for (const WordToken& token : out) pairs.emplace_back(token.id, token.length);
  return pairs;
}

TEST(Bpe, merges_by_rank_and_then_from_the_left) {
  const Bpe model = Bpe::build(vocabulary({"a", "b", "c", "ab", "bc", "aa"}),
                               {.merges = {{"b", "c"}, {"a", "b"}, {"a", "a"}}})
                        .value();
  EXPECT_THAT(tokens(model, "abc"), ElementsAre(Pair(0, 1), Pair(4, 2)));
  EXPECT_THAT(tokens(model, "aaa"), ElementsAre(Pair(5, 2), Pair(0, 1)));
}

TEST(Bpe, what_is_unknown_is_left_out_where_there_is_no_token_for_it) {
  const Bpe model = Bpe::build(vocabulary({"a"}), {}).value();
  EXPECT_THAT(tokens(model, "a\u6F22"), ElementsAre(Pair(0, 1)));
  EXPECT_THAT(tokens(model, "\u6F22"), IsEmpty());
}

TEST(Bpe, neighbours_that_are_unknown_fuse_if_told) {
  const Bpe apart = Bpe::build(vocabulary({"[U]", "a"}), {.unknown_token = "[U]"}).value();
  EXPECT_THAT(tokens(apart, "xya"), ElementsAre(Pair(0, 1), Pair(0, 1), Pair(1, 1)));
  const Bpe fused =
      Bpe::build(vocabulary({"[U]", "a"}), {.unknown_token = "[U]", .fuse_unknown = true}).value();
  EXPECT_THAT(tokens(fused, "xya"), ElementsAre(Pair(0, 2), Pair(1, 1)));
}

TEST(Bpe, bytes_stand_in_only_where_all_are_there) {
  const Bpe model = Bpe::build(vocabulary({"[U]", "<0xC3>", "<0xA9>"}),
                               {.unknown_token = "[U]", .byte_fallback = true})
                        .value();
  EXPECT_THAT(tokens(model, "\u00E9"), ElementsAre(Pair(1, 1), Pair(2, 1)));
  EXPECT_THAT(tokens(model, "\u00E8"), ElementsAre(Pair(0, 2)));
}

TEST(Bpe, prefix_and_suffix_mark_the_place_in_the_word) {
  const Bpe model =
      Bpe::build(vocabulary({"a", "##b</w>", "ab</w>"}),
                 {.merges = {{"a", "##b</w>"}}, .continuing_prefix = "##", .end_suffix = "</w>"})
          .value();
  EXPECT_THAT(tokens(model, "ab"), ElementsAre(Pair(2, 2)));
  EXPECT_FALSE(model.takes_bytes());
}

TEST(Bpe, a_word_that_is_a_token_may_pass_the_merges_by) {
  EXPECT_THAT(
      tokens(Bpe::build(vocabulary({"a", "b", "ab"}), {.ignore_merges = true}).value(), "ab"),
      ElementsAre(Pair(2, 2)));
}

TEST(Bpe, bytes_give_what_the_written_out_alphabet_gives) {
  Vocabulary all;
  for (std::uint32_t byte = 0; byte < 256; ++byte) {
    std::string letter;
    append_code_point(letter, code_point_of_byte(static_cast<std::uint8_t>(byte)));
    all.add(letter, byte);
  }
  all.add("\u0120a", 256);
  const Bpe model = Bpe::build(std::move(all), {.merges = {{"\u0120", "a"}}}).value();
  ASSERT_TRUE(model.takes_bytes());
  EXPECT_THAT(tokens(model, " a\xC3", true), ElementsAre(Pair(256, 2), Pair(0xC3, 1)));
  EXPECT_THAT(tokens(model, "\u0120a\u00C3"), ElementsAre(Pair(256, 3), Pair(0xC3, 2)));
}

TEST(Bpe, merges_of_what_is_not_there_are_told_by_place) {
  const auto part = Bpe::build(vocabulary({"a"}), {.merges = {{"a", "b"}}});
  ASSERT_FALSE(part);
  EXPECT_THAT(part.error().message, HasSubstr("merges[0]: the vocabulary lacks 'b'"));
  const auto whole = Bpe::build(vocabulary({"a", "b"}), {.merges = {{"a", "b"}}});
  ASSERT_FALSE(whole);
  EXPECT_THAT(whole.error().message, HasSubstr("lacks 'ab'"));
}

}  // namespace
}  // namespace turngreen::tokenizer
