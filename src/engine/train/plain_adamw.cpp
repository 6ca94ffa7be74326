#include "train/plain_adamw.h"

#include <ATen/core/grad_mode.h>
#include <ATen/ops/zeros.h>
#include <ATen/ops/zeros_like.h>

#include <cmath>

namespace turngreen::train {

PlainAdamW::PlainAdamW(std::span<const model::Parameter> parameters, const AdamWOptions& options)
    : parameters_(parameters.begin(), parameters.end()), options_(options) {
  const at::NoGradGuard no_grad;
  for (const model::Parameter& parameter : parameters_) {
    moments_.push_back({.first = at::zeros_like(parameter.tensor),
                        .second = at::zeros_like(parameter.tensor),
                        .steps = at::zeros({}, at::TensorOptions().dtype(at::kFloat))});
  }
}

void PlainAdamW::step(const StepSize& size) {
  const at::NoGradGuard no_grad;
  for (std::size_t i = 0; i < parameters_.size(); ++i)
    if (parameters_[i].tensor.grad().defined()) move(i, size);
}

void PlainAdamW::move(std::size_t parameter, const StepSize& size) {
  at::Tensor weight = parameters_[parameter].tensor;
  Moments& moments = moments_[parameter];
  at::Tensor gradient = weight.grad();
  if (size.gradient_scale != 1) gradient.mul_(size.gradient_scale);
  moments.steps.add_(1);
  const auto steps = moments.steps.item<double>();
  if (parameters_[parameter].decays && options_.weight_decay != 0)
    weight.mul_(1 - size.learning_rate * options_.weight_decay);
  moments.first.lerp_(gradient, 1 - options_.beta1);
  moments.second.mul_(options_.beta2).addcmul_(gradient, gradient, 1 - options_.beta2);
  const double correction2_root = std::sqrt(1 - std::pow(options_.beta2, steps));
  const at::Tensor root = moments.second.sqrt().div_(correction2_root).add_(options_.epsilon);
  weight.addcdiv_(moments.first, root, -size.learning_rate / (1 - std::pow(options_.beta1, steps)));
}

NamedState PlainAdamW::state() const {
  NamedState state;
  for (std::size_t i = 0; i < parameters_.size(); ++i) {
    const std::string& name = parameters_[i].names.front();
    state.emplace_back("first." + name, moments_[i].first);
    state.emplace_back("second." + name, moments_[i].second);
    state.emplace_back("steps." + name, moments_[i].steps);
  }
  return state;
}

}  // namespace turngreen::train
