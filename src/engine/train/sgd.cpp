#include "train/sgd.h"

#include <ATen/core/grad_mode.h>
#include <ATen/ops/zeros_like.h>

namespace turngreen::train {

Sgd::Sgd(std::span<const model::Parameter> parameters, const SgdOptions& options)
    : parameters_(parameters.begin(), parameters.end()), options_(options) {
  if (options.momentum == 0) return;
  const at::NoGradGuard no_grad;
  for (const model::Parameter& parameter : parameters_)
    momenta_.push_back(at::zeros_like(parameter.tensor));
}

void Sgd::step(const StepSize& size) {
  const at::NoGradGuard no_grad;
  for (std::size_t i = 0; i < parameters_.size(); ++i) {
    at::Tensor weight = parameters_[i].tensor;
    at::Tensor gradient = weight.grad();
    if (!gradient.defined()) continue;
    if (size.gradient_scale != 1) gradient.mul_(size.gradient_scale);
    if (parameters_[i].decays && options_.weight_decay != 0)
      gradient.add_(weight, options_.weight_decay);
    // From zero, the first momentum is the gradient, as in torch.
    if (!momenta_.empty()) gradient = momenta_[i].mul_(options_.momentum).add_(gradient);
    weight.add_(gradient, -size.learning_rate);
  }
}

NamedState Sgd::state() const {
  NamedState state;
  for (std::size_t i = 0; i < momenta_.size(); ++i)
    state.emplace_back("momentum." + parameters_[i].names.front(), momenta_[i]);
  return state;
}

}  // namespace turngreen::train
