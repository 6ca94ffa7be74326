#include "merge_table.h"

#include <gtest/gtest.h>

namespace turngreen::tokenizer {
namespace {

TEST(MergeTable, finds_what_was_added_and_nothing_else) {
  constexpr std::uint32_t kMost = 200;
  MergeTable table(kMost * kMost);
  for (std::uint32_t left = 0; left < kMost; ++left) {
    for (std::uint32_t right = 0; right < kMost; ++right)
      table.add(left, right, {left, left ^ right});
  }
  for (std::uint32_t left = 0; left < kMost; ++left) {
    const auto* merge = table.find(left, kMost - 1);
    ASSERT_NE(merge, nullptr);
    EXPECT_EQ(merge->rank, left);
    EXPECT_EQ(table.find(left, kMost), nullptr);
  }
  EXPECT_EQ(MergeTable().find(0, 0), nullptr);
}

TEST(MergeTable, the_last_of_two_alike_counts) {
  MergeTable table(2);
  table.add(1, 2, {0, 7});
  table.add(1, 2, {1, 8});
  EXPECT_EQ(table.find(1, 2)->merged, 8u);
}

}  // namespace
}  // namespace turngreen::tokenizer
