#include "word_cache.h"

#include <gtest/gtest.h>

#include <string>

namespace turngreen::tokenizer {
namespace {

TEST(WordCache, remembers_a_word_and_not_its_prefix) {
  WordCache cache;
  EXPECT_EQ(cache.find("word"), nullptr);
  cache.insert(std::vector<WordToken>{{7, 3}, {8, 1}});
  const auto* entry = cache.find("word");
  ASSERT_NE(entry, nullptr);
  EXPECT_EQ(entry->count, 2);
  EXPECT_EQ(entry->ids[1], 8u);
  EXPECT_EQ(entry->lengths[0], 3);
  EXPECT_EQ(cache.find("wor"), nullptr);
  EXPECT_EQ(cache.find(std::string_view("word\0", 5)), nullptr);
}

TEST(WordCache, what_is_too_much_is_not_kept) {
  WordCache cache;
  cache.find("a");
  cache.insert(std::vector<WordToken>(WordCache::kMostTokens + 1, WordToken{1, 1}));
  EXPECT_EQ(cache.find("a"), nullptr);
}

TEST(WordCache, many_words_drive_out_old_ones_but_are_never_mixed_up) {
  WordCache cache;
  for (std::uint32_t n = 0; n < 200'000; ++n) {
    const std::string word = "word" + std::to_string(n);
    ASSERT_EQ(cache.find(word), nullptr);
    cache.insert(std::vector<WordToken>{{n, 1}});
  }
  std::size_t kept = 0;
  for (std::uint32_t n = 0; n < 200'000; ++n) {
    const auto* entry = cache.find("word" + std::to_string(n));
    if (entry == nullptr) continue;
    ++kept;
    EXPECT_EQ(entry->ids[0], n);
  }
  EXPECT_GT(kept, 20'000u);
}

}  // namespace
}  // namespace turngreen::tokenizer
