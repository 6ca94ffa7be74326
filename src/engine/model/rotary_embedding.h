#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

namespace turngreen::model {

/// Cosines and sines by which queries and keys are turned: RoPE (Su et al. 2021,
/// https://arxiv.org/abs/2104.09864) in the rotate-half form: feature i is paired with feature
/// i + head_dim / 2, not with its neighbour.
struct RotaryTables {
  at::Tensor cosine;  ///< fp32 [rows, 1, head_dim / 2]
  at::Tensor sine;    ///< likewise
};

/// `positions`: int64 [rows]; `theta`: the base of the wave lengths.
RotaryTables rotary_tables(const at::Tensor& positions, double theta, std::int64_t head_dim);

/// `x`: [rows, heads, head_dim], turned in fp32 whatever its type, which it keeps.
at::Tensor rotated(const at::Tensor& x, const RotaryTables& tables);

}  // namespace turngreen::model
