#include "model/fused/row_gradients.h"

#include <ATen/ops/_sparse_coo_tensor_unsafe.h>
#include <ATen/ops/empty.h>

#include <algorithm>

#include "kernels/kernel_set.h"
#include "model/fused/threads.h"

namespace turngreen::model::fused {

void RowGradients::forget() {
  place_of_row_.resize(static_cast<std::size_t>(table_.size(0)), -1);
  if (met_ == 0) return;
  const auto* rows = rows_.const_data_ptr<std::int64_t>();
  for (std::int64_t place = 0; place < met_; ++place)
    place_of_row_[static_cast<std::size_t>(rows[place])] = -1;
  met_ = 0;
}

void RowGradients::make_room(std::int64_t rows) {
  const std::int64_t room = values_.defined() ? values_.size(0) : 0;
  if (rows <= room) return;
  const std::int64_t more = rows + rows / 4;
  const at::Tensor old_rows = rows_;
  const at::Tensor old_values = values_;
  rows_ = at::empty({1, more}, at::TensorOptions().dtype(at::kLong));
  values_ = at::empty({more, table_.size(1)}, at::TensorOptions().dtype(at::kFloat));
  if (met_ == 0) return;
  rows_.narrow(1, 0, met_).copy_(old_rows.narrow(1, 0, met_));
  values_.narrow(0, 0, met_).copy_(old_values.narrow(0, 0, met_));
}

void RowGradients::find_places(const std::int64_t* index, std::int64_t tokens,
                               std::int64_t without_gradient) {
  make_room(std::min(met_ + tokens, table_.size(0)));
  auto* rows = rows_.data_ptr<std::int64_t>();
  place_of_token_.resize(static_cast<std::size_t>(tokens));
  for (std::int64_t token = 0; token < tokens; ++token) {
    auto& place = place_of_token_[static_cast<std::size_t>(token)];
    place = -1;
    if (index[token] == without_gradient) continue;
    auto& of_row = place_of_row_[static_cast<std::size_t>(index[token])];
    if (of_row < 0) {
      of_row = static_cast<std::int32_t>(met_);
      rows[met_++] = index[token];
    }
    place = of_row;
  }
}

void RowGradients::add(const std::int64_t* index, const at::Tensor& gradient,
                       std::int64_t without_gradient) {
  if (!table_.grad().defined()) forget();
  const std::int64_t before = met_;
  find_places(index, gradient.size(0), without_gradient);
  if (met_ > before) values_.narrow(0, before, met_ - before).zero_();
  share_out(gradient.size(1), [&](std::int64_t begin, std::int64_t end, std::int64_t) {
    kernels::best_kernels().embed_backward(
        {.rows = gradient.size(0), .begin = begin, .end = end, .features = gradient.size(1)},
        gradient.const_data_ptr<float>(),
        {.table = values_.data_ptr<float>(),
         .index = place_of_token_.data(),
         .without_gradient = -1});
  });
  at::Tensor table = table_;
  table.mutable_grad() =
      at::_sparse_coo_tensor_unsafe(rows_.narrow(1, 0, met_), values_.narrow(0, 0, met_),
                                    table_.sizes(), values_.options().layout(at::kSparse),
                                    /*is_coalesced=*/true);
}

}  // namespace turngreen::model::fused
