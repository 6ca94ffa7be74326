#include "model/fused/norm_pass.h"

#include "model/fused/compute.h"
#include "model/fused/threads.h"
#include "model/fused/weight.h"

namespace turngreen::model::fused {
namespace {

const void* data_of(const at::Tensor& tensor) {
  return tensor.defined() ? tensor.const_data_ptr() : nullptr;
}
void* mutable_data_of(const at::Tensor& tensor) {
  return tensor.defined() ? tensor.data_ptr() : nullptr;
}
const float* floats_of(const at::Tensor& tensor) {
  return tensor.defined() ? tensor.const_data_ptr<float>() : nullptr;
}

kernels::NormShape shape_of(const at::Tensor& sum, const at::Tensor& branch_or_out) {
  return {.storage = storage_of(branch_or_out.scalar_type()),
          .sum_storage = storage_of(sum.scalar_type()),
          .begin = 0,
          .end = sum.size(0),
          .features = sum.size(1)};
}

}  // namespace

void norm_forward(const NormWeights& weights, const NormData& data, NormStatistics& statistics) {
  const std::int64_t rows = data.sum.size(0);
  const at::Tensor means = statistics.means.matrix(rows, 1, at::kFloat);
  const at::Tensor inverse_deviations = statistics.inverse_deviations.matrix(rows, 1, at::kFloat);
  const kernels::ResidualNormForward io{.residual = data_of(data.residual),
                                        .branch = data_of(data.branch),
                                        .branch_bias = data.branch_bias,
                                        .dropout = data.dropout,
                                        .sum = data.sum.data_ptr(),
                                        .weight = floats_of(weights.norm.weight),
                                        .bias = floats_of(weights.norm.bias),
                                        .epsilon = static_cast<float>(weights.norm.epsilon),
                                        .out_dropout = data.out_dropout,
                                        .out = mutable_data_of(data.out),
                                        .means = means.data_ptr<float>(),
                                        .inverse_deviations = inverse_deviations.data_ptr<float>()};
  kernels::NormShape shape = shape_of(data.sum, data.out.defined() ? data.out : data.branch);
  share_out(rows, [&](std::int64_t begin, std::int64_t end, std::int64_t) {
    kernels::NormShape piece = shape;
    piece.begin = begin;
    piece.end = end;
    kernels::best_kernels().residual_norm_forward(piece, io);
  });
}

void norm_backward(NormWeights& weights, const NormData& data, NormStatistics& statistics,
                   const NormGradients& gradients, ThreadSums& sums) {
  const std::int64_t rows = data.sum.size(0);
  const std::int64_t hidden = data.sum.size(1);
  const at::Tensor means = statistics.means.matrix(rows, 1, at::kFloat);
  const at::Tensor inverse_deviations = statistics.inverse_deviations.matrix(rows, 1, at::kFloat);
  kernels::ResidualNormBackward io{.out_gradient = data_of(gradients.out),
                                   .out_added_gradient = data_of(gradients.out_added),
                                   .out_dropout = data.out_dropout,
                                   .sum = data_of(data.sum),
                                   .weight = floats_of(weights.norm.weight),
                                   .means = means.data_ptr<float>(),
                                   .inverse_deviations = inverse_deviations.data_ptr<float>(),
                                   .sum_added_gradient = data_of(gradients.sum_added),
                                   .dropout = data.dropout,
                                   .sum_gradient = gradients.sum.data_ptr(),
                                   .branch_gradient = mutable_data_of(gradients.branch),
                                   .weight_gradient = nullptr,
                                   .bias_gradient = nullptr,
                                   .branch_bias_gradient = nullptr};
  const kernels::NormShape shape = shape_of(data.sum, gradients.out);
  sums.reset(3 * hidden);
  share_out(rows, [&](std::int64_t begin, std::int64_t end, std::int64_t thread) {
    kernels::NormShape piece = shape;
    piece.begin = begin;
    piece.end = end;
    kernels::ResidualNormBackward mine = io;
    mine.weight_gradient = sums.of(thread);
    if (weights.norm.bias.defined()) mine.bias_gradient = sums.of(thread) + hidden;
    if (gradients.branch_bias.defined()) mine.branch_bias_gradient = sums.of(thread) + 2 * hidden;
    kernels::best_kernels().residual_norm_backward(piece, mine);
  });
  sums.add_to(weights.weight_gradient.sum(), 0);
  if (weights.norm.bias.defined()) sums.add_to(weights.bias_gradient.sum(), hidden);
  if (gradients.branch_bias.defined()) sums.add_to(gradients.branch_bias, 2 * hidden);
}

}  // namespace turngreen::model::fused
