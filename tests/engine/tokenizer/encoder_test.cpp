#include "turngreen/engine/tokenizer/encoder.h"

#include <gmock/gmock.h>

#include "small_tokenizer.h"

namespace turngreen::tokenizer {
namespace {

using testing::ElementsAre;
using testing::ElementsAreArray;
using testing::IsEmpty;

Tokenizer bert() { return Tokenizer::parse(small_bert().dump(), "small.json").value(); }

TEST(Encoder, gives_ids_types_and_offsets_in_characters) {
  const Tokenizer tokenizer = bert();
  Encoder encoder(tokenizer);
  const Encoding encoding =
      encoder.encode("Hello caf\u00E9 World!", {.with_offsets = true}).value();
  EXPECT_THAT(encoding.ids, ElementsAre(1, 4, 7, 5, 6, 8, 2));
  EXPECT_THAT(encoding.type_ids, ElementsAre(0, 0, 0, 0, 0, 0, 1));
  EXPECT_THAT(encoding.offsets,
              ElementsAre(CharacterRange{0, 0}, CharacterRange{0, 5}, CharacterRange{6, 10},
                          CharacterRange{11, 14}, CharacterRange{14, 16}, CharacterRange{16, 17},
                          CharacterRange{0, 0}));
}

TEST(Encoder, offsets_come_only_when_asked_for) {
  const Tokenizer tokenizer = bert();
  Encoder encoder(tokenizer);
  EXPECT_FALSE(encoder.encode("hello", {.with_offsets = true})->offsets.empty());
  EXPECT_THAT(encoder.encode("hello")->offsets, IsEmpty());
}

TEST(Encoder, special_tokens_can_be_left_off) {
  const Tokenizer tokenizer = bert();
  Encoder encoder(tokenizer);
  EXPECT_THAT(encoder.encode("hello", {.add_special_tokens = false})->ids, ElementsAre(4));
  EXPECT_THAT(encoder.encode("")->ids, ElementsAre(1, 2));
}

TEST(Encoder, special_tokens_in_the_text_are_found) {
  const Tokenizer tokenizer = bert();
  Encoder encoder(tokenizer);
  const Encoding encoding =
      encoder.encode("hello  [MASK]!", {.add_special_tokens = false, .with_offsets = true}).value();
  EXPECT_THAT(encoding.ids, ElementsAre(4, 3, 8));
  EXPECT_THAT(encoding.offsets,
              ElementsAre(CharacterRange{0, 5}, CharacterRange{5, 13}, CharacterRange{13, 14}));
}

TEST(Encoder, bytes_that_are_no_utf8_count_as_one_character_each) {
  const Tokenizer tokenizer = bert();
  Encoder encoder(tokenizer);
  const Encoding encoding =
      encoder.encode("\xFF hello", {.add_special_tokens = false, .with_offsets = true}).value();
  EXPECT_THAT(encoding.ids, ElementsAre(4));
  EXPECT_THAT(encoding.offsets, ElementsAre(CharacterRange{2, 7}));
}

TEST(Encoder, truncation_counts_the_tokens_that_are_added) {
  auto file = small_bert();
  file["truncation"] = {
      {"direction", "Right"}, {"max_length", 4}, {"strategy", "LongestFirst"}, {"stride", 0}};
  const Tokenizer right = Tokenizer::parse(file.dump(), "small.json").value();
  EXPECT_THAT(Encoder(right).encode("hello world !")->ids, ElementsAre(1, 4, 5, 2));
  file["truncation"]["direction"] = "Left";
  const Tokenizer left = Tokenizer::parse(file.dump(), "small.json").value();
  Encoder encoder(left);
  const Encoding encoding = encoder.encode("hello world !", {.with_offsets = true}).value();
  EXPECT_THAT(encoding.ids, ElementsAre(1, 6, 8, 2));
  EXPECT_EQ(encoding.offsets[1], (CharacterRange{9, 11}));
  EXPECT_EQ(encoder.encode("hello world !", {.add_special_tokens = false})->ids.size(), 4u);
}

TEST(Encoder, a_word_is_the_same_the_second_time) {
  const Tokenizer tokenizer = bert();
  Encoder encoder(tokenizer);
  const auto first = encoder.encode("world world", {.with_offsets = true}).value();
  const std::vector<std::uint32_t> ids(first.ids.begin(), first.ids.end());
  const std::vector<CharacterRange> offsets(first.offsets.begin(), first.offsets.end());
  const auto second = encoder.encode("world world", {.with_offsets = true}).value();
  EXPECT_THAT(second.ids, ElementsAreArray(ids));
  EXPECT_THAT(second.offsets, ElementsAreArray(offsets));
}

TEST(Encoder, a_text_that_grows_without_measure_is_refused) {
  auto file = small_bert();
  const nlohmann::json grow = {
      {"type", "Replace"}, {"pattern", {{"String", "h"}}}, {"content", std::string(2000, 'h')}};
  file["normalizer"] = {{"type", "Sequence"}, {"normalizers", {grow, grow, grow, grow}}};
  const Tokenizer tokenizer = Tokenizer::parse(file.dump(), "small.json").value();
  const auto encoding = Encoder(tokenizer).encode("hh");
  ASSERT_FALSE(encoding);
  EXPECT_EQ(encoding.error().message,
            "this tokenizer.json makes a text more than 64 times as long");
}

TEST(Tokenizer, knows_its_tokens) {
  Tokenizer tokenizer = bert();
  EXPECT_EQ(tokenizer.vocabulary_size(), 9u);
  EXPECT_EQ(tokenizer.id_of("hello"), 4u);
  EXPECT_EQ(tokenizer.id_of("bye"), std::nullopt);
  EXPECT_EQ(tokenizer.added_to_each(), 2u);
}

TEST(Tokenizer, a_length_without_room_for_the_added_tokens_is_refused) {
  Tokenizer tokenizer = bert();
  EXPECT_TRUE(tokenizer.set_truncation(Truncation{2}));
  const auto set = tokenizer.set_truncation(Truncation{1});
  ASSERT_FALSE(set);
  EXPECT_EQ(
      set.error().message,
      "max_length 1 leaves no room for the 2 tokens that the post-processor adds; give 2 or more");
}

}  // namespace
}  // namespace turngreen::tokenizer
