#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <span>
#include <vector>

#include "model/parameter.h"
#include "model/shadow.h"
#include "train/adamw_options.h"
#include "train/named_state.h"

namespace turngreen::train {

/// AdamW on whole parameters: on the CPU by a kernel of our own, which reads and writes everything
/// once, elsewhere by libtorch's fused one.
class DenseAdamW {
 public:
  DenseAdamW(std::span<const model::Parameter> parameters, const AdamWOptions& options);

  /// Updates those that have a gradient, and on the CPU their shadows with them.
  void step(const StepSize& size, std::span<const model::Shadow> shadows);

  NamedState state() const;

 private:
  /// What AdamW keeps of a parameter: views of one buffer each.
  struct Moments {
    at::Tensor first;   ///< as the parameter: mean of gradients
    at::Tensor second;  ///< as the parameter: mean of their squares
    at::Tensor steps;   ///< one fp32 number
  };
  /// A parameter in this step.
  struct Moved {
    std::size_t parameter;
    at::Tensor gradient;  ///< undefined: it stays
    void* shadow = nullptr;
    kernels::AdamwStep step = {};
  };
  /// What a thread takes at a time.
  struct Piece {
    std::size_t parameter;
    std::int64_t begin;
    std::int64_t end;
  };

  void step_on_cpu(const StepSize& size, std::span<const model::Shadow> shadows);
  void move(const Piece& piece) const;
  void step_by_libtorch(const StepSize& size, bool decays);
  AdamWOptions options_of(std::size_t parameter) const;

  std::vector<model::Parameter> parameters_;
  std::vector<Moments> moments_;
  AdamWOptions options_;
  std::vector<Piece> pieces_;
  std::vector<Moved> moved_;
};

}  // namespace turngreen::train
