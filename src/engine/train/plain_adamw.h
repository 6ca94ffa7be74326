#pragma once

#include <ATen/core/Tensor.h>

#include <span>
#include <vector>

#include "model/parameter.h"
#include "train/adamw_options.h"
#include "train/named_state.h"

namespace turngreen::train {

/// torch.optim.AdamW as it is without `fused` and `foreach`: an operation of libtorch for each step
/// of the formula, each of which reads and writes a whole parameter.
class PlainAdamW {
 public:
  PlainAdamW(std::span<const model::Parameter> parameters, const AdamWOptions& options);

  /// Gradients are scaled in place.
  void step(const StepSize& size);

  NamedState state() const;

 private:
  struct Moments {
    at::Tensor first;
    at::Tensor second;
    at::Tensor steps;  ///< one fp32 number, on the CPU
  };

  void move(std::size_t parameter, const StepSize& size);

  std::vector<model::Parameter> parameters_;
  std::vector<Moments> moments_;
  AdamWOptions options_;
};

}  // namespace turngreen::train
