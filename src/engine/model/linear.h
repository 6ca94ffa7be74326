#pragma once

#include <ATen/core/Tensor.h>
#include <ATen/ops/linear.h>

namespace turngreen::model {

/// y = x W^T + b
struct Linear {
  at::Tensor weight;  ///< [out, in]
  at::Tensor bias;    ///< [out]; undefined: none

  /// [..., in] to [..., out]
  at::Tensor operator()(const at::Tensor& x) const { return at::linear(x, weight, bias); }
};

}  // namespace turngreen::model
