#include "train/gradient_clipping.h"

#include <ATen/core/grad_mode.h>
#include <ATen/ops/_foreach_mul.h>
#include <ATen/ops/_foreach_norm.h>
#include <ATen/ops/clamp_max.h>
#include <ATen/ops/linalg_vector_norm.h>
#include <ATen/ops/reciprocal.h>
#include <ATen/ops/stack.h>
#include <ATen/ops/zeros.h>

#include <vector>

namespace turngreen::train {
namespace {

std::vector<at::Tensor> gradients_of(std::span<const model::Parameter> parameters) {
  std::vector<at::Tensor> gradients;
  for (const model::Parameter& parameter : parameters) {
    if (parameter.tensor.grad().defined()) gradients.push_back(parameter.tensor.grad());
  }
  return gradients;
}

}  // namespace

at::Tensor gradient_norm(std::span<const model::Parameter> parameters) {
  const at::NoGradGuard no_grad;
  const auto gradients = gradients_of(parameters);
  if (gradients.empty()) return at::zeros({});
  return at::linalg_vector_norm(at::stack(at::_foreach_norm(gradients, 2)), 2);
}

void clip_gradients(std::span<const model::Parameter> parameters, const at::Tensor& norm,
                    double most) {
  const at::NoGradGuard no_grad;
  const auto gradients = gradients_of(parameters);
  if (gradients.empty()) return;
  const at::Tensor scale = at::clamp_max(at::reciprocal(norm.add(1e-6)).mul(most), 1.0);
  at::_foreach_mul_(gradients, scale);
}

}  // namespace turngreen::train
