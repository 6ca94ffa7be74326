#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

#include "kernels/kernel_set.h"
#include "model/linear.h"

namespace turngreen::model::prepared {

/// How a prepared encoder computes.
struct Arithmetic {
  kernels::Format format = kernels::Format::f32;     ///< of the products
  kernels::Storage storage = kernels::Storage::f32;  ///< of activations between them
};

/// int8 products give activations of bf16 where the processor multiplies that, else of fp32.
Arithmetic arithmetic_of(kernels::Format format);

/// Rows as products take them.
struct Rows {
  const void* values = nullptr;  ///< [rows, features]
  const float* scales = nullptr;
  const std::int32_t* sums = nullptr;
};

/// A linear layer whose weight lies as the kernels read it. A copy: a change of the layer's weight
/// is not seen.
class PreparedWeight {
 public:
  PreparedWeight(const Linear& linear, const Arithmetic& arithmetic);

  std::int64_t features() const { return features_; }
  std::int64_t outputs() const { return outputs_; }
  const float* bias() const { return bias_.defined() ? bias_.const_data_ptr<float>() : nullptr; }

  struct Outputs {
    std::int64_t begin;
    std::int64_t end;
  };
  Outputs all() const { return {0, outputs_}; }
  /// y = x W^T, without the bias: [rows, outputs] in the arithmetic's storage.
  void product(std::int64_t rows, const Rows& x, Outputs outputs, void* y) const;

 private:
  Arithmetic arithmetic_;
  std::int64_t features_;
  std::int64_t outputs_;
  at::Tensor words_;
  at::Tensor scales_;  ///< [outputs], of int8
  at::Tensor bias_;    ///< [outputs]; undefined: none
};

}  // namespace turngreen::model::prepared
