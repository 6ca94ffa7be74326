#include "model/flop_count.h"

#include <gtest/gtest.h>

#include "small_batch.h"

namespace turngreen::model {
namespace {

checkpoint::Architecture bert_of_two_layers() {
  checkpoint::Architecture architecture;
  architecture.family = checkpoint::Family::bert;
  architecture.hidden = 4;
  architecture.intermediate = 10;
  architecture.layers.resize(2);
  return architecture;
}

// One token: 4 products of 4x4, 2 of 4x10.
constexpr std::int64_t kLayer = 2 * (4 * 16 + 2 * 40);
// One pair of tokens: a score and a weighted value over 4 features.
constexpr std::int64_t kPair = 2 * 2 * 4;
constexpr std::int64_t kHead = 2 * (16 + 4 * 3);

TEST(FlopCount, of_a_padded_batch_counts_pad_tokens) {
  const TokenBatch batch = batch_of_lengths({5, 2}, Layout::padded);
  const FlopCount count = executed_flops(bert_of_two_layers(), 3, batch);
  EXPECT_EQ(count.forward, 2 * (10 * kLayer + 2 * 25 * kPair) + 2 * kHead);
  EXPECT_EQ(count.backward, 2 * count.forward);
}

TEST(FlopCount, of_a_packed_batch_counts_each_sequence_by_itself) {
  const TokenBatch batch = batch_of_lengths({5, 2}, Layout::packed);
  EXPECT_EQ(executed_flops(bert_of_two_layers(), std::nullopt, batch).forward,
            2 * (7 * kLayer + (25 + 4) * kPair));
}

TEST(FlopCount, of_what_is_useful_is_the_same_in_either_layout) {
  const auto architecture = bert_of_two_layers();
  const auto packed = useful_flops(architecture, 3, batch_of_lengths({5, 2}, Layout::packed));
  EXPECT_EQ(useful_flops(architecture, 3, batch_of_lengths({5, 2}, Layout::padded)), packed);
  EXPECT_EQ(executed_flops(architecture, 3, batch_of_lengths({5, 2}, Layout::packed)), packed);
}

TEST(FlopCount, of_what_is_useful_counts_the_pairs_inside_a_window) {
  auto architecture = bert_of_two_layers();
  const TokenBatch batch = batch_of_lengths({5}, Layout::packed);
  const auto all = useful_flops(architecture, std::nullopt, batch).forward;
  architecture.layers[1].reach = 1;
  // Rows of a band of 3 diagonals: 2 + 3 + 3 + 3 + 2.
  EXPECT_EQ(all - useful_flops(architecture, std::nullopt, batch).forward, (25 - 13) * kPair);
}

TEST(FlopCount, of_modernbert_has_a_gate) {
  auto architecture = bert_of_two_layers();
  const TokenBatch batch = batch_of_lengths({1}, Layout::packed);
  const auto plain = executed_flops(architecture, std::nullopt, batch).forward;
  architecture.family = checkpoint::Family::modernbert;
  EXPECT_EQ(executed_flops(architecture, std::nullopt, batch).forward - plain, 2 * 2 * 40);
}

}  // namespace
}  // namespace turngreen::model
