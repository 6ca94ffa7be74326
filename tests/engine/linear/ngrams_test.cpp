#include "turngreen/engine/linear/ngrams.h"

#include <gmock/gmock.h>

#include <set>

#include "turngreen/engine/linear/ngram_examples.h"

namespace turngreen::linear {
namespace {

std::vector<std::uint32_t> found(std::string_view text, Ngrams kind = Ngrams::words) {
  NgramFinder finder(kind);
  const auto buckets = finder.find(text);
  return {buckets.begin(), buckets.end()};
}

TEST(Ngrams, of_three_words_are_six) { EXPECT_EQ(found("int main (").size(), 6U); }

TEST(Ngrams, that_occur_again_count_once) {
  EXPECT_EQ(found("a a a a a").size(), 3U);  // a, a a, a a a
}

TEST(Ngrams, part_symbols_from_words_wherever_white_space_is) {
  EXPECT_EQ(found("x->y+=1;"), found("x - > y + = 1 ;"));
  EXPECT_NE(found("xy"), found("x y"));
}

TEST(Ngrams, keep_the_case_of_words_and_not_of_characters) {
  EXPECT_NE(found("Key"), found("key"));
  EXPECT_EQ(found("Key", Ngrams::characters), found("key", Ngrams::characters));
}

TEST(Ngrams, know_the_order_of_words) { EXPECT_NE(found("a b c").back(), found("c b a").back()); }

TEST(Ngrams, of_characters_are_of_2_to_5_with_the_ends_of_the_word) {
  // " a", "ab", "b ", " ab", "ab ", " ab "
  EXPECT_EQ(found("ab", Ngrams::characters).size(), 6U);
}

TEST(Ngrams, never_cut_a_character_of_several_bytes) {
  EXPECT_EQ(found("\xc3\xa4\xe2\x82\xac", Ngrams::characters).size(), 6U);
}

TEST(Ngrams, of_both_kinds_are_those_of_each) {
  EXPECT_EQ(found("to be", Ngrams::both).size(),
            found("to be").size() + found("to be", Ngrams::characters).size());
}

TEST(Ngrams, of_a_text_without_any_are_none) {
  EXPECT_THAT(found(" \n\t"), testing::IsEmpty());
  EXPECT_EQ(feature_of(0), 0.0F);
}

TEST(Ngrams, do_not_depend_on_what_was_found_before) {
  NgramFinder finder(Ngrams::both);
  std::string text;
  for (int n = 0; n < 3000; ++n) text += "w" + std::to_string(n % 700) + (n % 7 == 0 ? "; " : " ");
  const auto first = finder.find(text);
  const std::vector<std::uint32_t> kept(first.begin(), first.end());
  finder.find("something else");
  const auto again = finder.find(text);
  EXPECT_EQ(kept, std::vector<std::uint32_t>(again.begin(), again.end()));
  EXPECT_EQ(std::set<std::uint32_t>(kept.begin(), kept.end()).size(), kept.size());
  EXPECT_GT(kept.size(), 3000U);
}

TEST(NgramExamples, do_not_depend_on_the_number_of_threads) {
  std::vector<std::string> texts;
  for (int n = 0; n < 1000; ++n) texts.push_back("row " + std::to_string(n * n));
  const std::vector<std::string_view> views(texts.begin(), texts.end());
  data::Examples one;
  data::Examples four;
  append_ngrams(one, Ngrams::both, views, 1);
  append_ngrams(four, Ngrams::both, views, 4);
  EXPECT_EQ(one.size(), 1000);
  EXPECT_EQ(one.ids, four.ids);
  EXPECT_EQ(one.starts, four.starts);
}

}  // namespace
}  // namespace turngreen::linear
