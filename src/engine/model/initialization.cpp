#include "model/initialization.h"

#include <ATen/ops/empty.h>
#include <ATen/ops/ones.h>
#include <ATen/ops/zeros.h>

#include <cmath>

namespace turngreen::model {
namespace {

double normal_below(double x) { return std::erfc(-x / std::sqrt(2.0)) / 2; }

/// By inversion of the distribution function, as torch.nn.init.trunc_normal_.
at::Tensor truncated(at::Tensor values, const Initial& initial, at::Generator& generator) {
  const double low = normal_below(-initial.cutoff);
  const double high = normal_below(initial.cutoff);
  const double bound = initial.cutoff * initial.deviation;
  return values.uniform_(2 * low - 1, 2 * high - 1, generator)
      .erfinv_()
      .mul_(initial.deviation * std::sqrt(2.0))
      .clamp_(-bound, bound);
}

}  // namespace

at::Tensor initial_values(at::IntArrayRef shape, const Initial& initial, at::Generator& generator) {
  switch (initial.kind) {
    case Initial::Kind::zeros:
      return at::zeros(shape, at::kFloat);
    case Initial::Kind::ones:
      return at::ones(shape, at::kFloat);
    case Initial::Kind::normal:
      return at::empty(shape, at::kFloat).normal_(0, initial.deviation, generator);
    case Initial::Kind::truncated_normal:
      return truncated(at::empty(shape, at::kFloat), initial, generator);
  }
  return {};
}

}  // namespace turngreen::model
