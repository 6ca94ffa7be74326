#include "model/loss.h"

#include <ATen/ops/tensor.h>
#include <gmock/gmock.h>

#include <cmath>

#include "tensor_values.h"

namespace turngreen::model {
namespace {

using checkpoint::Problem;
using testing::ElementsAre;

const at::Tensor kLogits = at::tensor({1.0F, -1.0F, 0.5F, 2.0F}).view({2, 2});

double loss_of(const at::Tensor& targets, Problem problem, const LossOptions& options = {}) {
  return summed_loss(kLogits, targets, problem, options).item<double>();
}

double softplus(double x) { return std::log1p(std::exp(x)); }

TEST(Loss, is_the_summed_cross_entropy_where_there_is_one_label) {
  EXPECT_NEAR(loss_of(at::tensor({0, 0}, at::kLong), Problem::single_label),
              softplus(-2) + softplus(1.5), 1e-6);
}

TEST(Loss, weighs_classes) {
  LossOptions options;
  options.class_weights = at::tensor({1.0F, 3.0F});
  EXPECT_NEAR(loss_of(at::tensor({0, 1}, at::kLong), Problem::single_label, options),
              softplus(-2) + 3 * softplus(-1.5), 1e-6);
}

TEST(Loss, smooths_labels) {
  LossOptions options;
  options.label_smoothing = 0.2;
  EXPECT_NEAR(loss_of(at::tensor({0, 1}, at::kLong), Problem::single_label, options),
              0.9 * softplus(-2) + 0.1 * softplus(2) + 0.9 * softplus(-1.5) + 0.1 * softplus(1.5),
              1e-6);
}

TEST(Loss, is_the_mean_over_outputs_where_labels_are_several) {
  const at::Tensor targets = at::tensor({1.0F, 0.0F, 0.0F, 1.0F}).view({2, 2});
  EXPECT_NEAR(loss_of(targets, Problem::multi_label),
              (softplus(-1) + softplus(-1) + softplus(0.5) + softplus(-2)) / 2, 1e-6);
  LossOptions options;
  options.class_weights = at::tensor({3.0F, 1.0F});
  EXPECT_NEAR(loss_of(targets, Problem::multi_label, options),
              (3 * softplus(-1) + softplus(-1) + softplus(0.5) + softplus(-2)) / 2, 1e-6);
}

TEST(Loss, is_the_squared_error_in_regression) {
  const at::Tensor targets = at::tensor({0.0F, 0.0F, 0.5F, 0.0F}).view({2, 2});
  EXPECT_NEAR(loss_of(targets, Problem::regression), (1.0 + 1.0 + 0.0 + 4.0) / 2, 1e-6);
}

TEST(Loss, is_taken_in_fp32_whatever_the_logits_are) {
  const at::Tensor loss = summed_loss(kLogits.to(at::kBFloat16), at::tensor({0, 1}, at::kLong),
                                      Problem::single_label, {});
  EXPECT_EQ(loss.scalar_type(), at::kFloat);
}

TEST(Targets, are_those_of_the_examples_chosen_in_their_order) {
  data::Examples examples;
  examples.classes = {4, 5, 6};
  examples.targets = {0, 1, 2, 3, 4, 5};
  const std::vector<std::int64_t> chosen = {2, 0};
  EXPECT_THAT(
      values_of<std::int64_t>(targets_of(examples, chosen, Problem::single_label, 7, at::kCPU)),
      ElementsAre(6, 4));
  EXPECT_THAT(values_of<float>(targets_of(examples, chosen, Problem::multi_label, 2, at::kCPU)),
              ElementsAre(4, 5, 0, 1));
}

}  // namespace
}  // namespace turngreen::model
