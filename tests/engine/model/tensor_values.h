#pragma once

#include <ATen/core/Tensor.h>

#include <vector>

namespace turngreen::model {

/// The numbers of a tensor, row by row.
template <typename T>
std::vector<T> values_of(const at::Tensor& tensor) {
  const at::Tensor flat = tensor.detach().to(c10::CppTypeToScalarType<T>::value).contiguous();
  const T* begin = flat.const_data_ptr<T>();
  return std::vector<T>(begin, begin + flat.numel());
}

/// The largest absolute difference.
inline double difference(const at::Tensor& a, const at::Tensor& b) {
  return a.sub(b).abs().max().item<double>();
}

}  // namespace turngreen::model
