#include "model/prepared/prepared_weight.h"

#include <ATen/ops/empty.h>

namespace turngreen::model::prepared {

using kernels::Format;
using kernels::Storage;

Arithmetic arithmetic_of(Format format) {
  switch (format) {
    case Format::f32:
      return {format, Storage::f32};
    case Format::bf16:
      return {format, Storage::bf16};
    case Format::int8:
      return {format, kernels::best_kernels().multiplies_bf16 ? Storage::bf16 : Storage::f32};
  }
  return {};
}

PreparedWeight::PreparedWeight(const Linear& linear, const Arithmetic& arithmetic)
    : arithmetic_(arithmetic),
      features_(linear.weight.size(1)),
      outputs_(linear.weight.size(0)),
      scales_(at::empty({outputs_}, at::kFloat)) {
  const at::Tensor values = linear.weight.detach().to(at::kFloat).contiguous();
  const kernels::WeightMatrix matrix{values.const_data_ptr<float>(), outputs_, features_};
  words_ = at::empty({kernels::packed_words(matrix, arithmetic.format)}, at::kInt);
  kernels::pack_weight(matrix, arithmetic.format, static_cast<std::uint32_t*>(words_.data_ptr()),
                       scales_.data_ptr<float>());
  if (linear.bias.defined()) bias_ = linear.bias.detach().to(at::kFloat, false, true);
}

void PreparedWeight::product(std::int64_t rows, const Rows& x, Outputs outputs, void* y) const {
  kernels::PanelProduct call;
  call.format = arithmetic_.format;
  call.rows = rows;
  call.features = features_;
  call.outputs = outputs_;
  call.begin = outputs.begin;
  call.end = outputs.end;
  call.x = x.values;
  call.weight = static_cast<const std::uint32_t*>(words_.const_data_ptr());
  call.weight_scales = scales_.const_data_ptr<float>();
  call.row_scales = x.scales;
  call.row_sums = x.sums;
  call.y_storage = arithmetic_.storage;
  call.y = y;
  kernels::best_kernels().panel_product(call);
}

}  // namespace turngreen::model::prepared
