#include "train/gradients.h"

#include <ATen/ops/embedding.h>
#include <gtest/gtest.h>

#include <cmath>

#include "engine/train/trained_parameter.h"

namespace turngreen::train {
namespace {

TEST(Gradients, have_one_norm_together) {
  const std::vector parameters{trained_parameter("a", {0, 0}), trained_parameter("b", {0, 0}),
                               trained_parameter("without", {0})};
  set_gradient(parameters[0], {3, 0});
  set_gradient(parameters[1], {0, 4});
  EXPECT_EQ(gradient_norm(parameters), 5);
}

TEST(Gradients, norm_of_none_is_zero) {
  EXPECT_EQ(gradient_norm(std::vector{trained_parameter("a", {1})}), 0);
}

TEST(Gradients, are_clipped_as_torch_does_and_left_where_they_are_small_enough) {
  EXPECT_NEAR(clipping_scale(5, 1), 1 / (5 + 1e-6), 1e-12);
  EXPECT_EQ(clipping_scale(0.5, 1), 1);
  EXPECT_EQ(clipping_scale(0, 1), 1);
}

TEST(Gradients, of_a_row_that_was_read_twice_are_added_up_before_the_norm) {
  const model::Parameter table = trained_table("table", {4, 2}, 0);
  const at::Tensor read = at::tensor(std::vector<std::int64_t>{2, 2, 0});
  at::embedding(table.tensor, read, -1, false, /*sparse=*/true).sum().backward();
  const std::vector parameters{table};
  gather_gradients(parameters);
  EXPECT_NEAR(gradient_norm(parameters), std::sqrt(2 * 2 * 2 + 2), 1e-6);
}

TEST(Gradients, below_a_share_of_the_largest_become_zero) {
  const std::vector parameters{trained_parameter("a", {0, 0, 0, 0}), trained_parameter("b", {0})};
  set_gradient(parameters[0], {1, -0.1F, 0.09F, 0});
  set_gradient(parameters[1], {1e-6F});
  const ZeroedGradients counts = zero_small_gradients(parameters, 0.1);
  EXPECT_EQ(values_of(parameters[0].tensor.grad()), (std::vector<float>{1, -0.1F, 0, 0}));
  EXPECT_EQ(values_of(parameters[1].tensor.grad()), std::vector<float>{1e-6F});
  EXPECT_EQ(counts.zeroed, 1);
  EXPECT_EQ(counts.of, 4);
}

TEST(Gradients, are_forgotten) {
  const std::vector parameters{trained_parameter("a", {1})};
  set_gradient(parameters[0], {1});
  forget_gradients(parameters);
  EXPECT_FALSE(parameters[0].tensor.grad().defined());
}

}  // namespace
}  // namespace turngreen::train
