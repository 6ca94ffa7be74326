#include "model/pooling.h"

#include <ATen/ops/tensor.h>
#include <gmock/gmock.h>

#include "small_batch.h"
#include "tensor_values.h"

namespace turngreen::model {
namespace {

using testing::ElementsAre;

// Sequences of 3 and 1 tokens of one feature; what lies at pad tokens is 9.
const at::Tensor kPadded = at::tensor({1.0F, 2.0F, 6.0F, 4.0F, 9.0F, 9.0F}).view({2, 3, 1});
const at::Tensor kPacked = at::tensor({1.0F, 2.0F, 6.0F, 4.0F}).view({4, 1});

TEST(MeanPooled, is_the_mean_over_real_tokens_in_either_layout) {
  const auto padded = mean_pooled(kPadded, batch_of_lengths({3, 1}, Layout::padded));
  const auto packed = mean_pooled(kPacked, batch_of_lengths({3, 1}, Layout::packed));
  EXPECT_THAT(values_of<float>(padded), ElementsAre(3, 4));
  EXPECT_THAT(values_of<float>(packed), ElementsAre(3, 4));
}

TEST(FirstTokens, are_those_that_sequences_start_with_in_either_layout) {
  const auto padded = first_tokens(kPadded, batch_of_lengths({3, 1}, Layout::padded));
  const auto packed = first_tokens(kPacked, batch_of_lengths({3, 1}, Layout::packed));
  EXPECT_THAT(values_of<float>(padded), ElementsAre(1, 4));
  EXPECT_THAT(values_of<float>(packed), ElementsAre(1, 4));
}

}  // namespace
}  // namespace turngreen::model
