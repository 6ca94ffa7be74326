#pragma once

#include <ATen/core/Tensor.h>

#include "kernels/kernel_set.h"
#include "model/fused/thread_sums.h"

namespace turngreen::model::fused {

struct FeedForwardActivation {
  kernels::FeedForward kind = kernels::FeedForward::gelu;
  const float* bias = nullptr;    ///< [features], added to what comes in, in place; null: none
  kernels::Dropout dropout = {};  ///< of what comes out
};

/// `in` [rows, features], or twice as wide for GeGLU. `out` [rows, features].
void activation_forward(const FeedForwardActivation& activation, const at::Tensor& in,
                        const at::Tensor& out);

struct ActivationGradients {
  at::Tensor out;
  at::Tensor in;    ///< may be `out` where both have one shape
  at::Tensor bias;  ///< [features], added to; undefined: none
};
void activation_backward(const FeedForwardActivation& activation, const at::Tensor& in,
                         const ActivationGradients& gradients, ThreadSums& sums);

/// sums of the columns of `matrix` [rows, n] are added to `target` [n].
void add_column_sums(const at::Tensor& matrix, const at::Tensor& target, ThreadSums& sums);

}  // namespace turngreen::model::fused
