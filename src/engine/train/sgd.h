#pragma once

#include <ATen/core/Tensor.h>

#include <span>
#include <vector>

#include "model/parameter.h"
#include "train/named_state.h"
#include "train/step_size.h"

namespace turngreen::train {

struct SgdOptions {
  double momentum = 0.9;    ///< 0: none is kept
  double weight_decay = 0;  ///< of those parameters that decay; added to their gradient
};

/// Stochastic gradient descent with momentum, as torch.optim.SGD (dampening 0, no Nesterov).
class Sgd {
 public:
  Sgd(std::span<const model::Parameter> parameters, const SgdOptions& options);

  /// Gradients are scaled, and decay is added to them, in place.
  void step(const StepSize& size);

  NamedState state() const;

 private:
  std::vector<model::Parameter> parameters_;
  std::vector<at::Tensor> momenta_;  ///< as the parameters; empty: there are none
  SgdOptions options_;
};

}  // namespace turngreen::train
