#include "model/attention_plan.h"

#include <gmock/gmock.h>

#include "small_batch.h"
#include "tensor_values.h"

namespace turngreen::model {
namespace {

using checkpoint::LayerAttention;
using testing::ElementsAre;

const std::vector<LayerAttention> kGlobal = {{}};
const std::vector<LayerAttention> kLocal = {{.reach = 1, .rope_theta = 1}};

/// 1 where a token is seen.
std::vector<std::int64_t> seen(const at::Tensor& mask) {
  return values_of<std::int64_t>(mask.eq(0));
}

TEST(Window, reaches_as_far_as_it_says_inclusive) {
  EXPECT_THAT(values_of<std::int64_t>(window(4, 1, at::kCPU)), ElementsAre(1, 1, 0, 0,  //
                                                                           1, 1, 1, 0,  //
                                                                           0, 1, 1, 1,  //
                                                                           0, 0, 1, 1));
}

TEST(AttentionPlan, takes_a_padded_batch_as_one_run) {
  const AttentionPlan plan(batch_of_lengths({3, 1}, Layout::padded), kGlobal);
  EXPECT_THAT(plan.runs(), ElementsAre(AttentionRun{2, 3}));
}

TEST(AttentionPlan, joins_packed_neighbours_of_one_length) {
  const AttentionPlan plan(batch_of_lengths({3, 3, 1, 3}, Layout::packed), kGlobal);
  EXPECT_THAT(plan.runs(), ElementsAre(AttentionRun{2, 3}, AttentionRun{1, 1}, AttentionRun{1, 3}));
}

TEST(AttentionPlan, hides_pad_tokens) {
  const AttentionPlan plan(batch_of_lengths({3, 1}, Layout::padded), kGlobal);
  EXPECT_THAT(seen(plan.mask({2, 3}, std::nullopt)), ElementsAre(1, 1, 1, 1, 0, 0));
}

TEST(AttentionPlan, has_no_mask_where_everything_is_seen) {
  const AttentionPlan padded(batch_of_lengths({3, 3}, Layout::padded), kGlobal);
  EXPECT_FALSE(padded.mask({2, 3}, std::nullopt).defined());
  const AttentionPlan packed(batch_of_lengths({2, 5}, Layout::packed), kLocal);
  EXPECT_FALSE(packed.mask({1, 2}, 1).defined());
  EXPECT_TRUE(packed.mask({1, 5}, 1).defined());
}

TEST(AttentionPlan, cuts_the_window_of_shorter_runs_out_of_the_longest) {
  const AttentionPlan plan(batch_of_lengths({3, 5}, Layout::packed), kLocal);
  EXPECT_THAT(seen(plan.mask({1, 3}, 1)), ElementsAre(1, 1, 0, 1, 1, 1, 0, 1, 1));
}

TEST(AttentionPlan, hides_pad_tokens_and_far_ones_and_leaves_no_row_empty) {
  const AttentionPlan plan(batch_of_lengths({4, 1}, Layout::padded), kLocal);
  const at::Tensor mask = plan.mask({2, 4}, 1);
  EXPECT_THAT(seen(mask.select(0, 0)), ElementsAre(1, 1, 0, 0,  //
                                                   1, 1, 1, 0,  //
                                                   0, 1, 1, 1,  //
                                                   0, 0, 1, 1));
  EXPECT_THAT(seen(mask.select(0, 1)), ElementsAre(1, 0, 0, 0,  //
                                                   1, 1, 0, 0,  //
                                                   0, 0, 1, 0,  //
                                                   0, 0, 0, 1));
}

}  // namespace
}  // namespace turngreen::model
