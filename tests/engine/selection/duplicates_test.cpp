#include "turngreen/engine/selection/duplicates.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <random>
#include <string>
#include <vector>

namespace turngreen::selection {
namespace {

using testing::HasSubstr;

DuplicateFinder finder(Dedup dedup, double threshold = 0.8) {
  return DuplicateFinder::create({.dedup = dedup, .threshold = threshold}).value();
}

/// Distinct words, some of them replaced.
std::string text_with(int words, int replaced) {
  std::string text;
  for (int n = 0; n < words; ++n) {
    const bool is_other = n % (words / std::max(replaced, 1)) == 7;
    text += fmt::format("{}{} ", replaced > 0 && is_other ? "other" : "word", n);
  }
  return text;
}

TEST(Duplicates, exact_ones_have_the_same_bytes) {
  auto texts = finder(Dedup::exact);
  texts.add(texts.mark_of("hello  world"), 3);
  const auto found = texts.find(texts.mark_of("hello  world"));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->row, 3U);
  EXPECT_EQ(found->similarity, 1);
  EXPECT_FALSE(texts.find(texts.mark_of("hello world")));
}

TEST(Duplicates, near_ones_have_similar_shingles) {
  auto texts = finder(Dedup::near);
  texts.add(texts.mark_of(text_with(400, 0)), 5);
  const auto found = texts.find(texts.mark_of(text_with(400, 2)));  // Jaccard 0.95
  ASSERT_TRUE(found);
  EXPECT_EQ(found->row, 5U);
  EXPECT_NEAR(found->similarity, 0.95, 0.09);
  EXPECT_FALSE(texts.find(texts.mark_of(text_with(400, 40))));  // Jaccard 0.33
}

TEST(Duplicates, of_several_the_most_similar_is_told_and_of_equals_the_first) {
  auto texts = finder(Dedup::near, 0.5);
  texts.add(texts.mark_of(text_with(400, 10)), 1);
  texts.add(texts.mark_of(text_with(400, 1)), 2);
  texts.add(texts.mark_of(text_with(400, 1)), 3);
  const auto found = texts.find(texts.mark_of(text_with(400, 0)));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->row, 2U);
}

TEST(Duplicates, are_found_among_thousands) {
  auto texts = finder(Dedup::near);
  std::mt19937 random(1);
  std::vector<std::string> all;
  for (std::uint64_t row = 0; row < 5000; ++row) {
    std::string text;
    for (int n = 0; n < 30; ++n) text += fmt::format("w{} ", random() % 100);
    EXPECT_FALSE(texts.find(texts.mark_of(text))) << row;
    texts.add(texts.mark_of(text), row);
    all.push_back(std::move(text));
  }
  for (std::uint64_t row = 0; row < all.size(); ++row)
    ASSERT_EQ(texts.find(texts.mark_of(all[row])).value().row, row);
}

TEST(Duplicates, a_threshold_out_of_range_is_refused) {
  for (const double threshold : {0.0, -1.0, 1.01}) {
    const auto refused = DuplicateFinder::create({.dedup = Dedup::near, .threshold = threshold});
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().message, HasSubstr("such as 0.8"));
  }
}

}  // namespace
}  // namespace turngreen::selection
