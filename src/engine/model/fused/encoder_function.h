#pragma once

#include <ATen/core/Tensor.h>

#include <functional>

namespace turngreen::model::fused {

/// A computation with a backward pass of its own, that adds to its parameters' gradients itself.
struct Computation {
  std::function<at::Tensor()> forward;
  std::function<void(const at::Tensor& gradient)> backward;
};

/// Its result as autograd sees it: the backward pass runs when the result's gradient is known.
/// `anchor` is any of the parameters; what `computation` refers to must live until then. Where no
/// gradients are asked for, the forward pass alone.
at::Tensor recorded(Computation computation, const at::Tensor& anchor);

}  // namespace turngreen::model::fused
