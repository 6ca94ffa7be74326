#include "model/rotary_embedding.h"

#include <ATen/ops/arange.h>
#include <ATen/ops/rand.h>
#include <ATen/ops/tensor.h>
#include <gtest/gtest.h>

#include <cmath>

#include "tensor_values.h"

namespace turngreen::model {
namespace {

at::Tensor turned(const at::Tensor& x, std::int64_t position, double theta) {
  const at::Tensor positions = at::tensor({position}, at::kLong);
  return rotated(x, rotary_tables(positions, theta, x.size(2)));
}

TEST(RotaryEmbedding, pairs_each_feature_with_the_one_half_a_head_away) {
  const at::Tensor x = at::tensor({1.0F, 2.0F, 3.0F, 4.0F}).view({1, 1, 4});
  const auto out = values_of<float>(turned(x, 5, 100));
  // Wave lengths of a head of 4 features: theta^0 and theta^(1/2).
  EXPECT_NEAR(out[0], 1 * std::cos(5.0) - 3 * std::sin(5.0), 1e-6);
  EXPECT_NEAR(out[1], 2 * std::cos(0.5) - 4 * std::sin(0.5), 1e-6);
  EXPECT_NEAR(out[2], 3 * std::cos(5.0) + 1 * std::sin(5.0), 1e-6);
  EXPECT_NEAR(out[3], 4 * std::cos(0.5) + 2 * std::sin(0.5), 1e-6);
}

TEST(RotaryEmbedding, leaves_the_first_token_as_it_is) {
  const at::Tensor x = at::rand({1, 2, 8});
  EXPECT_EQ(difference(turned(x, 0, 1e4), x), 0);
}

TEST(RotaryEmbedding, makes_products_depend_on_the_distance_alone) {
  const at::Tensor query = at::rand({1, 1, 16});
  const at::Tensor key = at::rand({1, 1, 16});
  const auto product = [&](std::int64_t at_query, std::int64_t at_key) {
    return turned(query, at_query, 1e4).mul(turned(key, at_key, 1e4)).sum().item<double>();
  };
  EXPECT_NEAR(product(7, 3), product(107, 103), 1e-5);
  EXPECT_GT(std::abs(product(7, 3) - product(7, 4)), 1e-3);
}

TEST(RotaryEmbedding, keeps_the_type_of_what_it_turns) {
  EXPECT_EQ(turned(at::rand({1, 1, 8}).to(at::kBFloat16), 3, 1e4).scalar_type(), at::kBFloat16);
}

}  // namespace
}  // namespace turngreen::model
