#include "train/adamw.h"

#include <ATen/core/grad_mode.h>
#include <ATen/ops/_foreach_add.h>
#include <ATen/ops/_fused_adamw.h>
#include <ATen/ops/zeros.h>
#include <ATen/ops/zeros_like.h>

namespace turngreen::train {

AdamW::AdamW(std::span<const model::Parameter> parameters, const AdamWOptions& options)
    : options_(options) {
  const at::NoGradGuard no_grad;
  for (const model::Parameter& parameter : parameters) {
    parameters_.push_back(parameter.tensor);
    decays_.push_back(parameter.decays);
    moments_.push_back({.first = at::zeros_like(parameter.tensor),
                        .second = at::zeros_like(parameter.tensor),
                        .steps = at::zeros({}, parameter.tensor.options().dtype(at::kFloat))});
  }
}

void AdamW::step(double learning_rate) {
  step_group(true, learning_rate);
  step_group(false, learning_rate);
}

void AdamW::step_group(bool decays, double learning_rate) {
  const at::NoGradGuard no_grad;
  std::vector<at::Tensor> parameters;
  std::vector<at::Tensor> gradients;
  std::vector<at::Tensor> firsts;
  std::vector<at::Tensor> seconds;
  std::vector<at::Tensor> steps;
  for (std::size_t i = 0; i < parameters_.size(); ++i) {
    const at::Tensor& gradient = parameters_[i].grad();
    if (decays_[i] != decays || !gradient.defined()) continue;
    parameters.push_back(parameters_[i]);
    gradients.push_back(gradient);
    firsts.push_back(moments_[i].first);
    seconds.push_back(moments_[i].second);
    steps.push_back(moments_[i].steps);
  }
  if (parameters.empty()) return;
  at::_foreach_add_(steps, 1);
  at::_fused_adamw_(parameters, gradients, firsts, seconds, /*max_exp_avg_sqs=*/{}, steps,
                    learning_rate, options_.beta1, options_.beta2,
                    decays ? options_.weight_decay : 0.0, options_.epsilon, /*amsgrad=*/false,
                    /*maximize=*/false);
}

void AdamW::forget_gradients() {
  for (at::Tensor& parameter : parameters_) parameter.mutable_grad().reset();
}

}  // namespace turngreen::train
