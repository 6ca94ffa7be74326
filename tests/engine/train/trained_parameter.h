#pragma once

#include <ATen/Context.h>
#include <ATen/core/Tensor.h>
#include <ATen/ops/randn.h>
#include <ATen/ops/tensor.h>

#include <string>
#include <vector>

#include "model/model.h"

namespace turngreen::train {

/// A leaf that requires its gradient, with these values.
inline model::Parameter trained_parameter(const std::string& name, const std::vector<float>& values,
                                          bool decays = true) {
  return {.names = {name}, .tensor = at::tensor(values).set_requires_grad(true), .decays = decays};
}

/// A table [rows, features] of which rows are looked up, with random values.
inline model::Parameter trained_table(const std::string& name, at::IntArrayRef sizes,
                                      std::uint64_t seed) {
  at::manual_seed(seed);
  return {.names = {name},
          .tensor = at::randn(sizes).set_requires_grad(true),
          .decays = true,
          .is_table = true};
}

inline void set_gradient(const model::Parameter& parameter, const std::vector<float>& values) {
  at::Tensor tensor = parameter.tensor;
  tensor.mutable_grad() = at::tensor(values);
}

inline std::vector<float> values_of(const at::Tensor& tensor) {
  const auto* begin = tensor.const_data_ptr<float>();
  return {begin, begin + tensor.numel()};
}

}  // namespace turngreen::train
