#include "model/rotary_embedding.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/arange.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/pow.h>

namespace turngreen::model {

RotaryTables rotary_tables(const at::Tensor& positions, double theta, std::int64_t head_dim) {
  const auto fp32 = positions.options().dtype(at::kFloat);
  // Step by step as the reference, so that the last bits agree.
  const at::Tensor exponents = at::arange(0, head_dim, 2, fp32) / static_cast<double>(head_dim);
  const at::Tensor frequencies = at::pow(theta, exponents).reciprocal();  // [head_dim / 2]
  const at::Tensor angles = positions.to(at::kFloat).unsqueeze(1) * frequencies;
  return {angles.cos().unsqueeze(1), angles.sin().unsqueeze(1)};
}

at::Tensor rotated(const at::Tensor& x, const RotaryTables& tables) {
  const auto halves = x.to(at::kFloat).chunk(2, -1);
  const at::Tensor& first = halves[0];
  const at::Tensor& second = halves[1];
  return at::cat({first * tables.cosine - second * tables.sine,
                  second * tables.cosine + first * tables.sine},
                 -1)
      .to(x.scalar_type());
}

}  // namespace turngreen::model
