#include "model/prepared/row_block.h"

#include <ATen/ops/empty.h>

#include <algorithm>

namespace turngreen::model::prepared {

using kernels::FeedForward;
using kernels::Format;
using kernels::Storage;

RowBlock::RowBlock(const BlockShape& shape) : shape_(shape) {
  const at::ScalarType type =
      shape.arithmetic.storage == Storage::bf16 ? at::kBFloat16 : at::kFloat;
  const auto matrix = [&](std::int64_t columns, at::ScalarType of) {
    return at::empty({shape.rows, columns}, at::TensorOptions().dtype(of));
  };
  bytes_ = matrix(std::max(shape.hidden, shape.intermediate), at::kChar);
  scales_ = matrix(1, at::kFloat);
  sums_ = matrix(1, at::kInt);
  branch_ = matrix(shape.hidden, type);
  middle_ = matrix(shape.hidden, type);
  up_ = matrix((shape.kind == FeedForward::geglu ? 2 : 1) * shape.intermediate, type);
  activated_ = matrix(shape.intermediate, type);
  statistics_ = at::empty({2, shape.rows}, at::kFloat);
}

Rows RowBlock::ready(std::int64_t rows, const void* values, std::int64_t features) {
  if (shape_.arithmetic.format != Format::int8) return {.values = values};
  kernels::best_kernels().quantise_rows({.storage = shape_.arithmetic.storage,
                                         .rows = rows,
                                         .features = features,
                                         .in = values,
                                         .out = bytes_.data_ptr<std::int8_t>(),
                                         .scales = scales_.data_ptr<float>(),
                                         .sums = sums_.data_ptr<std::int32_t>()});
  return {bytes_.const_data_ptr(), scales_.const_data_ptr<float>(),
          sums_.const_data_ptr<std::int32_t>()};
}

void RowBlock::add_and_norm(const LayerNorm& norm, std::int64_t rows, const Sum& io) {
  kernels::ResidualNormForward call;
  call.residual = io.residual;
  call.branch = io.branch;
  call.branch_bias = io.branch_bias;
  call.sum = io.sum;
  call.weight = norm.weight.const_data_ptr<float>();
  call.bias = norm.bias.defined() ? norm.bias.const_data_ptr<float>() : nullptr;
  call.epsilon = static_cast<float>(norm.epsilon);
  call.out = io.out;
  call.means = statistics_.data_ptr<float>();
  call.inverse_deviations = call.means + shape_.rows;
  const Storage storage = shape_.arithmetic.storage;
  kernels::best_kernels().residual_norm_forward(
      {.storage = storage,
       .sum_storage = shape_.residual == Residual::sums ? Storage::f32 : storage,
       .begin = 0,
       .end = rows,
       .features = shape_.hidden},
      call);
}

void RowBlock::advance(const PreparedLayer& layer, const Data& data) {
  const bool sums = shape_.residual == Residual::sums;
  void* branch = branch_.data_ptr();
  void* middle = middle_.data_ptr();
  layer.attended.product(data.rows, ready(data.rows, data.context, shape_.hidden),
                         layer.attended.all(), branch);
  add_and_norm(layer.middle_norm, data.rows,
               {data.stream, branch, layer.attended.bias(), sums ? data.stream : branch, middle});

  layer.up.product(data.rows, ready(data.rows, middle, shape_.hidden), layer.up.all(),
                   up_.data_ptr());
  kernels::best_kernels().activation_forward(
      {.storage = shape_.arithmetic.storage,
       .kind = shape_.kind,
       .begin = 0,
       .end = data.rows,
       .features = shape_.intermediate},
      {.in = up_.data_ptr(), .bias = layer.up.bias(), .dropout = {}, .out = activated_.data_ptr()});
  layer.down.product(data.rows, ready(data.rows, activated_.const_data_ptr(), shape_.intermediate),
                     layer.down.all(), branch);
  add_and_norm(layer.out_norm, data.rows,
               {sums ? data.stream : middle, branch, layer.down.bias(), sums ? data.stream : branch,
                data.normed});
}

}  // namespace turngreen::model::prepared
