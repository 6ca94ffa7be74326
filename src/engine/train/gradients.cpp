#include "train/gradients.h"

#include <ATen/core/grad_mode.h>
#include <ATen/ops/_foreach_norm.h>
#include <ATen/ops/count_nonzero.h>
#include <ATen/ops/hardshrink.h>
#include <ATen/ops/linalg_vector_norm.h>
#include <ATen/ops/stack.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "kernels/kernel_set.h"
#include "model/fused/threads.h"

namespace turngreen::train {
namespace {

constexpr std::int64_t kSummedAtOnce = 32768;  // elements, whatever the number of threads

/// What of each gradient is stored.
std::vector<at::Tensor> values_of(std::span<const model::Parameter> parameters) {
  std::vector<at::Tensor> values;
  for (const model::Parameter& parameter : parameters) {
    const at::Tensor& gradient = parameter.tensor.grad();
    if (gradient.defined()) values.push_back(gradient.is_sparse() ? gradient._values() : gradient);
  }
  return values;
}

double square_sum_on_cpu(std::vector<at::Tensor> gradients) {
  std::vector<kernels::SquareSum> pieces;
  for (at::Tensor& gradient : gradients) {
    gradient = gradient.contiguous();
    const bool is_bf16 = gradient.scalar_type() == at::kBFloat16;
    const auto* begin = static_cast<const char*>(gradient.const_data_ptr());
    for (std::int64_t at = 0; at < gradient.numel(); at += kSummedAtOnce) {
      pieces.push_back({.storage = is_bf16 ? kernels::Storage::bf16 : kernels::Storage::f32,
                        .count = std::min(kSummedAtOnce, gradient.numel() - at),
                        .source = begin + at * (is_bf16 ? 2 : 4)});
    }
  }
  std::vector<double> sums(pieces.size());
  model::fused::hand_out(std::ssize(pieces), [&](std::int64_t number, std::int64_t) {
    const auto i = static_cast<std::size_t>(number);
    sums[i] = kernels::best_kernels().square_sum(pieces[i]);
  });
  return std::accumulate(sums.begin(), sums.end(), 0.0);
}

}  // namespace

void gather_gradients(std::span<const model::Parameter> parameters) {
  const at::NoGradGuard no_grad;
  for (const model::Parameter& parameter : parameters) {
    at::Tensor tensor = parameter.tensor;
    if (tensor.grad().defined() && tensor.grad().is_sparse())
      tensor.mutable_grad() = tensor.grad().coalesce();
  }
}

ZeroedGradients zero_small_gradients(std::span<const model::Parameter> parameters, double share) {
  const at::NoGradGuard no_grad;
  ZeroedGradients counts;
  for (at::Tensor& gradient : values_of(parameters)) {
    const std::int64_t before = at::count_nonzero(gradient).item<std::int64_t>();
    const auto largest = at::linalg_vector_norm(gradient, INFINITY).item<float>();
    // What is at the bound stays: hardshrink takes it away.
    const float bound = std::nextafter(static_cast<float>(share) * largest, 0.0F);
    if (std::isfinite(bound)) at::hardshrink_out(gradient, gradient, bound);
    counts.of += before;
    counts.zeroed += before - at::count_nonzero(gradient).item<std::int64_t>();
  }
  return counts;
}

double gradient_norm(std::span<const model::Parameter> parameters) {
  const at::NoGradGuard no_grad;
  auto gradients = values_of(parameters);
  if (gradients.empty()) return 0;
  if (gradients.front().is_cpu()) return std::sqrt(square_sum_on_cpu(std::move(gradients)));
  return at::linalg_vector_norm(at::stack(at::_foreach_norm(gradients, 2)), 2).item<double>();
}

double clipping_scale(double norm, double most) { return std::min(1.0, most / (norm + 1e-6)); }

void forget_gradients(std::span<const model::Parameter> parameters) {
  for (const model::Parameter& parameter : parameters) {
    at::Tensor tensor = parameter.tensor;
    tensor.mutable_grad().reset();
  }
}

}  // namespace turngreen::train
