#include "infer/forward_flops.h"

#include <gtest/gtest.h>

namespace turngreen::infer {
namespace {

checkpoint::Architecture small_encoder() {
  checkpoint::Architecture architecture;
  architecture.hidden = 8;
  architecture.intermediate = 16;
  architecture.heads = 2;
  architecture.layers.resize(2);
  return architecture;
}

data::Examples of_lengths(const std::vector<std::int64_t>& lengths) {
  data::Examples examples;
  for (const std::int64_t length : lengths) {
    examples.ids.insert(examples.ids.end(), static_cast<std::size_t>(length), 7);
    examples.starts.push_back(static_cast<std::int64_t>(examples.ids.size()));
  }
  return examples;
}

std::int64_t flops_of(const std::vector<std::int64_t>& lengths, model::Layout layout) {
  const checkpoint::Architecture architecture = small_encoder();
  return forward_flops(
      {architecture, 3}, of_lengths(lengths),
      {.batch_size = 2,
       .batching = layout == model::Layout::packed ? Batching::packed : Batching::bucketed});
}

TEST(ForwardFlops, of_all_batches_add_up) {
  EXPECT_EQ(flops_of({5, 5, 5}, model::Layout::packed), 3 * flops_of({5}, model::Layout::packed));
}

TEST(ForwardFlops, count_the_pad_tokens_that_are_computed) {
  EXPECT_EQ(flops_of({5, 1}, model::Layout::padded), flops_of({5, 5}, model::Layout::padded));
  EXPECT_LT(flops_of({5, 1}, model::Layout::packed), flops_of({5, 1}, model::Layout::padded));
}

TEST(ForwardFlops, are_none_without_examples) { EXPECT_EQ(flops_of({}, model::Layout::packed), 0); }

}  // namespace
}  // namespace turngreen::infer
