#include "model/checkpoint_tensor.h"

#include <ATen/ops/empty.h>
#include <fmt/ranges.h>

#include <cstring>

namespace turngreen::model {
namespace {

std::optional<at::ScalarType> floating(checkpoint::Dtype dtype) {
  switch (dtype) {
    case checkpoint::Dtype::f64:
      return at::kDouble;
    case checkpoint::Dtype::f32:
      return at::kFloat;
    case checkpoint::Dtype::f16:
      return at::kHalf;
    case checkpoint::Dtype::bf16:
      return at::kBFloat16;
    default:
      return std::nullopt;
  }
}

}  // namespace

Result<at::Tensor> to_fp32(const checkpoint::TensorView& view, std::string_view name) {
  const auto type = floating(view.dtype);
  if (!type) {
    return fail(Error::Kind::unsupported,
                fmt::format("{} is of type {}; F64, F32, F16 and BF16 are supported", name,
                            checkpoint::name_of(view.dtype)));
  }
  // A copy of the bytes first: in the file a tensor need not lie as its type wants it aligned.
  at::Tensor copy = at::empty(view.shape, *type);
  if (!view.bytes.empty()) std::memcpy(copy.data_ptr(), view.bytes.data(), view.bytes.size());
  return copy.to(at::kFloat);
}

checkpoint::TensorView view_of(const at::Tensor& tensor) {
  checkpoint::TensorView view;
  view.dtype = tensor.scalar_type() == at::kLong ? checkpoint::Dtype::i64 : checkpoint::Dtype::f32;
  view.shape = tensor.sizes().vec();
  view.bytes = {static_cast<const std::byte*>(tensor.const_data_ptr()), tensor.nbytes()};
  return view;
}

std::string shape_text(at::IntArrayRef shape) {
  return fmt::format("[{}]", fmt::join(shape.begin(), shape.end(), ", "));
}

}  // namespace turngreen::model
