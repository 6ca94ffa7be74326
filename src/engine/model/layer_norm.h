#pragma once

#include <ATen/core/Tensor.h>
#include <ATen/ops/layer_norm.h>

namespace turngreen::model {

/// Over the last dimension (Ba et al. 2016, https://arxiv.org/abs/1607.06450).
struct LayerNorm {
  at::Tensor weight;  ///< [features]; undefined: the identity, ModernBERT's first layer has it
  at::Tensor bias;    ///< [features]; undefined: none
  double epsilon = 0;

  at::Tensor operator()(const at::Tensor& x) const {
    if (!weight.defined()) return x;
    return at::layer_norm(x, weight.sizes(), weight, bias, epsilon);
  }
};

}  // namespace turngreen::model
