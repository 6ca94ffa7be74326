#include "train/tensor_views.h"

#include <ATen/core/grad_mode.h>
#include <ATen/ops/empty.h>
#include <fmt/format.h>

#include <cstring>

namespace turngreen::train {
namespace {

checkpoint::Dtype dtype_of(const at::Tensor& tensor) {
  switch (tensor.scalar_type()) {
    case at::kFloat:
      return checkpoint::Dtype::f32;
    case at::kInt:
      return checkpoint::Dtype::i32;
    default:
      return checkpoint::Dtype::u8;
  }
}

}  // namespace

void NamedTensors::add(std::string name, const at::Tensor& tensor) {
  tensors_.emplace_back(std::move(name), tensor.detach().to(at::kCPU).contiguous());
}

std::vector<checkpoint::NamedTensor> NamedTensors::views() const {
  std::vector<checkpoint::NamedTensor> views;
  for (const auto& [name, tensor] : tensors_) {
    const auto* begin = static_cast<const std::byte*>(tensor.const_data_ptr());
    views.push_back({.name = name,
                     .tensor = {.dtype = dtype_of(tensor),
                                .shape = tensor.sizes().vec(),
                                .bytes = std::span(begin, tensor.nbytes())}});
  }
  return views;
}

Result<void> copy_from(const checkpoint::SafetensorsFile& file, const std::string& name,
                       at::Tensor tensor) {
  const auto found = file.tensors().find(name);
  if (found == file.tensors().end() || found->second.shape != tensor.sizes().vec() ||
      found->second.dtype != dtype_of(tensor)) {
    return fail(
        Error::Kind::invalid_input,
        fmt::format("tensor {} is missing, or of another shape or type than this model's", name));
  }
  const at::NoGradGuard no_grad;
  const at::Tensor read = at::empty(tensor.sizes(), at::TensorOptions(tensor.scalar_type()));
  std::memcpy(read.mutable_data_ptr(), found->second.bytes.data(), found->second.bytes.size());
  tensor.copy_(read);
  return {};
}

}  // namespace turngreen::train
