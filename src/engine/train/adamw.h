#pragma once

#include <ATen/core/Tensor.h>

#include <span>
#include <vector>

#include "model/model.h"

namespace turngreen::train {

struct AdamWOptions {
  double beta1 = 0.9;
  double beta2 = 0.999;
  double epsilon = 1e-8;
  double weight_decay = 0;  ///< of those parameters that decay
};

/// What AdamW keeps of a parameter.
struct Moments {
  at::Tensor first;   ///< as the parameter: mean of gradients
  at::Tensor second;  ///< as the parameter: mean of their squares
  at::Tensor steps;   ///< one fp32 number
};

/// Adam with decoupled weight decay (Loshchilov and Hutter, arXiv:1711.05101), by the kernel of
/// torch.optim.AdamW(fused=True), in the two groups that Trainer makes.
class AdamW {
 public:
  AdamW(std::span<const model::Parameter> parameters, const AdamWOptions& options);

  /// Updates the parameters that have a gradient.
  void step(double learning_rate);
  /// Frees the gradients.
  void forget_gradients();

  /// By parameter; to be saved, and to be copied into.
  std::span<const Moments> moments() const { return moments_; }

 private:
  void step_group(bool decays, double learning_rate);

  std::vector<at::Tensor> parameters_;
  std::vector<bool> decays_;
  std::vector<Moments> moments_;
  AdamWOptions options_;
};

}  // namespace turngreen::train
