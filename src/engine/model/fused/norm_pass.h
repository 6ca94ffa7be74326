#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

#include "kernels/kernel_set.h"
#include "model/fused/buffer.h"
#include "model/fused/thread_sums.h"
#include "model/fused/weight.h"
#include "model/layer_norm.h"

namespace turngreen::model::fused {

/// Means and inverse deviations of the rows of a sum, for the way back.
struct NormStatistics {
  Buffer means;
  Buffer inverse_deviations;
};

/// A norm and its gradients. Undefined parameters are none.
struct NormWeights {
  explicit NormWeights(const LayerNorm& what)
      : norm(what), weight_gradient(what.weight), bias_gradient(what.bias) {}

  LayerNorm norm;
  GradientSlot weight_gradient;
  GradientSlot bias_gradient;
};

/// What goes through a residual connection and the norm behind it. Matrices are [rows, hidden].
struct NormData {
  at::Tensor residual;  ///< undefined: none
  at::Tensor branch;    ///< undefined: none
  at::Tensor sum;
  at::Tensor out;  ///< undefined: only the sum is wanted
  const float* branch_bias = nullptr;
  kernels::Dropout dropout = {};
  kernels::Dropout out_dropout = {};
};

void norm_forward(const NormWeights& weights, const NormData& data, NormStatistics& statistics);

struct NormGradients {
  at::Tensor out;
  at::Tensor out_added;    ///< in the sum's type; undefined: none
  at::Tensor sum_added;    ///< in the sum's type; undefined: none
  at::Tensor sum;          ///< the result
  at::Tensor branch;       ///< a further result; undefined: not wanted
  at::Tensor branch_bias;  ///< a gradient of [hidden] that is added to; undefined: none
};

/// Adds to the gradients of the norm's weight and bias, too.
void norm_backward(NormWeights& weights, const NormData& data, NormStatistics& statistics,
                   const NormGradients& gradients, ThreadSums& sums);

}  // namespace turngreen::model::fused
