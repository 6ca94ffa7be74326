#pragma once

#include <ATen/core/Tensor.h>

#include "kernels/kernel_set.h"
#include "model/fused/buffer.h"
#include "model/linear.h"

namespace turngreen::model::fused {

/// The gradient of a parameter, to be added to; zeros where there was none.
at::Tensor gradient_of(const at::Tensor& parameter);

/// A linear layer as products take it: the parameter in fp32, and a copy in the type of the
/// activations. Rows [begin, end) of its outputs can be used alone.
class Weight {
 public:
  explicit Weight(Linear linear) : linear_(std::move(linear)) {}

  /// Brings the copy up to date with the parameter.
  void refresh(at::ScalarType type);

  struct Outputs {
    std::int64_t begin;
    std::int64_t end;
  };
  Outputs all() const { return {0, linear_.weight.size(0)}; }

  /// y = x W^T, without the bias.
  void product(const at::Tensor& x, const at::Tensor& y, Outputs outputs) const;
  /// dx = dy W
  void input_gradient(const at::Tensor& dy, const at::Tensor& dx, Outputs outputs) const;
  /// dW += dy^T x. `scratch` is shared by all weights.
  void add_gradient(const at::Tensor& dy, const at::Tensor& x, Outputs outputs,
                    Buffer& scratch) const;

  const float* bias() const {
    return linear_.bias.defined() ? linear_.bias.data_ptr<float>() : nullptr;
  }
  at::Tensor bias_gradient() const { return gradient_of(linear_.bias); }
  bool has_bias() const { return linear_.bias.defined(); }

 private:
  Linear linear_;
  at::Tensor values_;  ///< [out, in] in the type of the activations; the parameter itself in fp32
};

}  // namespace turngreen::model::fused
