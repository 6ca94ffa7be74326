#include "train/data_order.h"

#include <gmock/gmock.h>

#include <set>

namespace turngreen::train {
namespace {

using testing::ElementsAre;

/// Example i has lengths[i] tokens.
data::Examples examples_of(const std::vector<std::int64_t>& lengths) {
  data::Examples examples;
  for (const std::int64_t length : lengths)
    examples.starts.push_back(examples.starts.back() + length);
  return examples;
}

TEST(DataOrder, is_that_of_torch_randperm_with_seed_and_epoch) {
  const auto examples = examples_of(std::vector<std::int64_t>(12, 1));
  const TrainOptions options{.batch_size = 5, .seed = 42};
  EXPECT_THAT(
      batches_of_epoch(examples, options, 0),
      ElementsAre(ElementsAre(6, 8, 1, 7, 0), ElementsAre(2, 10, 11, 4, 3), ElementsAre(5, 9)));
  EXPECT_THAT(batches_of_epoch(examples, options, 1).front(), ElementsAre(4, 6, 7, 2, 9));
}

TEST(DataOrder, buckets_hold_similar_lengths_and_every_example_once) {
  std::vector<std::int64_t> lengths;
  for (std::int64_t i = 0; i < 1003; ++i) lengths.push_back(i * 7919 % 512);
  const auto examples = examples_of(lengths);
  const TrainOptions options{.batch_size = 8, .seed = 1, .batching = Batching::bucketed};
  const auto batches = batches_of_epoch(examples, options, 0);
  EXPECT_EQ(batches.size(), 126u);
  std::set<std::int64_t> seen;
  std::int64_t spread = 0;
  for (const Batch& batch : batches) {
    const auto [least, most] = std::minmax_element(batch.begin(), batch.end(), [&](auto a, auto b) {
      return lengths[static_cast<std::size_t>(a)] < lengths[static_cast<std::size_t>(b)];
    });
    spread += lengths[static_cast<std::size_t>(*most)] - lengths[static_cast<std::size_t>(*least)];
    seen.insert(batch.begin(), batch.end());
  }
  EXPECT_EQ(seen.size(), 1003u);
  EXPECT_LT(spread / 126, 20);  // of 512; 400 in a random order
  EXPECT_EQ(batches, batches_of_epoch(examples, options, 0));
  EXPECT_NE(batches, batches_of_epoch(examples, options, 1));
}

}  // namespace
}  // namespace turngreen::train
