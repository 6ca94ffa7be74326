#pragma once

#include <ATen/core/Tensor.h>

#include <optional>

#include "kernels/kernel_set.h"
#include "model/fused/buffer.h"
#include "model/linear.h"
#include "model/shadow.h"

namespace turngreen::model::fused {

/// A parameter whose gradient is summed up here, in memory that is kept when the gradient is let go
/// of.
class GradientSlot {
 public:
  explicit GradientSlot(at::Tensor parameter) : parameter_(std::move(parameter)) {}

  bool is_there() const { return parameter_.defined(); }
  /// What is to be added to; zeros where there was no gradient.
  at::Tensor sum();
  /// The same, of any content, where it is about to be written as a whole: nothing if a gradient is
  /// there already.
  std::optional<at::Tensor> unwritten();

 private:
  bool is_claimed() const { return parameter_.grad().defined(); }
  at::Tensor claim();

  at::Tensor parameter_;
  at::Tensor kept_;
};

/// A linear layer as products take it: the parameter in fp32, and a copy in the type of the
/// activations. Rows [begin, end) of its outputs can be used alone.
class Weight {
 public:
  explicit Weight(const Linear& linear)
      : weight_(linear.weight),
        bias_(linear.bias),
        weight_gradient_(linear.weight),
        bias_gradient_(linear.bias) {}

  /// Brings the copy up to date with the parameter, if that has been moved since.
  void refresh(at::ScalarType type);
  /// The parameter and its copy, where it has one.
  std::optional<Shadow> shadow() const;

  struct Outputs {
    std::int64_t begin;
    std::int64_t end;
  };
  Outputs all() const { return {0, weight_.size(0)}; }

  /// y = x W^T, without the bias.
  void product(const at::Tensor& x, const at::Tensor& y, Outputs outputs) const;
  /// dx = dy W
  void input_gradient(const at::Tensor& dy, const at::Tensor& dx, Outputs outputs) const;
  /// dW += dy^T x. `scratch` is shared by all weights.
  void add_gradient(const at::Tensor& dy, const at::Tensor& x, Outputs outputs, Buffer& scratch);

  const float* bias() const { return bias_.defined() ? bias_.const_data_ptr<float>() : nullptr; }
  /// [out], to be added to; undefined where there is no bias.
  at::Tensor bias_gradient() {
    return bias_gradient_.is_there() ? bias_gradient_.sum() : at::Tensor();
  }

 private:
  at::Tensor weight_;
  at::Tensor bias_;
  GradientSlot weight_gradient_;
  GradientSlot bias_gradient_;
  at::Tensor values_;  ///< [out, in] in the type of the activations; the parameter itself in fp32
  std::uint32_t version_ = 0;  ///< of the parameter that was copied
};

}  // namespace turngreen::model::fused
