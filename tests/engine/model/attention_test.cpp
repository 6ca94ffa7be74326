#include "model/attention.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/ones.h>
#include <ATen/ops/rand.h>
#include <ATen/ops/tensor.h>
#include <gtest/gtest.h>

#include <cmath>

#include "small_batch.h"
#include "tensor_values.h"

namespace turngreen::model {
namespace {

using checkpoint::LayerAttention;

AttentionInputs random_inputs(std::int64_t rows) {
  return {at::rand({rows, 2, 4}), at::rand({rows, 2, 4}), at::rand({rows, 2, 4})};
}

at::Tensor attend_in(const TokenBatch& batch, const AttentionInputs& inputs,
                     const AttentionSettings& settings) {
  const std::vector<LayerAttention> layers = {{settings.reach, 0}};
  return attend(inputs, AttentionPlan(batch, layers), settings);
}

TEST(SplitHeads, takes_queries_then_keys_then_values_head_by_head) {
  std::vector<float> numbers(12);
  for (std::size_t i = 0; i < numbers.size(); ++i) numbers[i] = static_cast<float>(i);
  const AttentionInputs inputs = split_heads(at::tensor(numbers).view({1, 12}), 2);
  EXPECT_EQ(values_of<float>(inputs.queries.select(1, 1)), (std::vector<float>{2, 3}));
  EXPECT_EQ(values_of<float>(inputs.keys), (std::vector<float>{4, 5, 6, 7}));
  EXPECT_EQ(values_of<float>(inputs.values.select(1, 0)), (std::vector<float>{8, 9}));
}

TEST(Attention, weighs_values_by_the_softmax_of_scaled_products) {
  const TokenBatch batch = batch_of_lengths({2}, Layout::packed);
  const AttentionInputs inputs = {at::tensor({2.0F, 0.0F}).view({2, 1, 1}),
                                  at::tensor({1.0F, 3.0F}).view({2, 1, 1}),
                                  at::tensor({10.0F, 20.0F}).view({2, 1, 1})};
  const double second = 1 / (1 + std::exp(2.0 - 6.0));
  for (const auto kernel : {AttentionKernel::eager, AttentionKernel::sdpa}) {
    const auto out = values_of<float>(attend_in(batch, inputs, {kernel, std::nullopt, 0}));
    EXPECT_NEAR(out[0], 10 + 10 * second, 1e-5);
    EXPECT_NEAR(out[1], 15, 1e-5);
  }
}

TEST(Attention, is_the_same_by_either_kernel_with_and_without_a_window) {
  for (const Layout layout : {Layout::padded, Layout::packed}) {
    const TokenBatch batch = batch_of_lengths({9, 1, 4, 4}, layout);
    const AttentionInputs inputs = random_inputs(batch.computed_tokens());
    for (const std::optional<std::int64_t> reach : {std::optional<std::int64_t>(), {2}}) {
      const at::Tensor eager = attend_in(batch, inputs, {AttentionKernel::eager, reach, 0});
      const at::Tensor sdpa = attend_in(batch, inputs, {AttentionKernel::sdpa, reach, 0});
      EXPECT_LT(difference(eager, sdpa), 1e-6);
    }
  }
}

TEST(Attention, does_not_look_beyond_its_window) {
  const TokenBatch batch = batch_of_lengths({9}, Layout::packed);
  AttentionInputs inputs = random_inputs(9);
  const AttentionSettings settings = {AttentionKernel::sdpa, 2, 0};
  const at::Tensor before = attend_in(batch, inputs, settings);
  inputs.values = at::cat({inputs.values.narrow(0, 0, 8), at::ones({1, 2, 4}) * 100});
  const at::Tensor after = attend_in(batch, inputs, settings);
  EXPECT_EQ(difference(before.narrow(0, 0, 6), after.narrow(0, 0, 6)), 0);
  EXPECT_GT(difference(before.select(0, 6), after.select(0, 6)), 1);
}

TEST(Attention, keeps_packed_sequences_apart) {
  const AttentionInputs both = random_inputs(7);
  const at::Tensor together =
      attend_in(batch_of_lengths({4, 3}, Layout::packed), both, {AttentionKernel::sdpa, {}, 0});
  const AttentionInputs second = {both.queries.narrow(0, 4, 3), both.keys.narrow(0, 4, 3),
                                  both.values.narrow(0, 4, 3)};
  const at::Tensor alone =
      attend_in(batch_of_lengths({3}, Layout::packed), second, {AttentionKernel::sdpa, {}, 0});
  EXPECT_LT(difference(together.narrow(0, 4, 3), alone), 1e-6);
}

}  // namespace
}  // namespace turngreen::model
