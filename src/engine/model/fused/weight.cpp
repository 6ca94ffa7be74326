#include "model/fused/weight.h"

#include <ATen/ops/addmm.h>
#include <ATen/ops/empty_like.h>
#include <ATen/ops/mm.h>

#include "model/fused/compute.h"
#include "model/fused/threads.h"

namespace turngreen::model::fused {

at::Tensor GradientSlot::claim() {
  if (!kept_.defined()) kept_ = at::empty_like(parameter_.detach());
  parameter_.mutable_grad() = kept_;
  return kept_;
}

at::Tensor GradientSlot::sum() {
  if (is_claimed()) return parameter_.grad();
  return claim().zero_();
}

std::optional<at::Tensor> GradientSlot::unwritten() {
  if (is_claimed()) return std::nullopt;
  return claim();
}

void Weight::refresh(at::ScalarType type) {
  const at::Tensor parameter = weight_.detach();
  if (type == at::kFloat) {
    values_ = parameter;
    return;
  }
  const bool is_there = values_.defined() && values_.scalar_type() == type;
  if (is_there && version_ == weight_._version()) return;
  if (!is_there) values_ = at::empty(parameter.sizes(), parameter.options().dtype(type));
  values_.copy_(parameter);
  version_ = static_cast<std::uint32_t>(weight_._version());
}

std::optional<Shadow> Weight::shadow() const {
  if (!values_.defined() || values_.scalar_type() != at::kBFloat16) return std::nullopt;
  return Shadow{.parameter = weight_, .copy = values_};
}

void Weight::product(const at::Tensor& x, const at::Tensor& y, Outputs outputs) const {
  at::Tensor out = y;
  at::mm_out(out, x, values_.narrow(0, outputs.begin, outputs.end - outputs.begin).t());
}

void Weight::input_gradient(const at::Tensor& dy, const at::Tensor& dx, Outputs outputs) const {
  at::Tensor out = dx;
  at::mm_out(out, dy, values_.narrow(0, outputs.begin, outputs.end - outputs.begin));
}

void Weight::add_gradient(const at::Tensor& dy, const at::Tensor& x, Outputs outputs,
                          Buffer& scratch) {
  const bool is_whole = outputs.begin == 0 && outputs.end == weight_.size(0);
  const auto fresh = is_whole ? weight_gradient_.unwritten() : std::nullopt;
  const std::int64_t rows = outputs.end - outputs.begin;
  at::Tensor gradient = fresh ? *fresh : weight_gradient_.sum().narrow(0, outputs.begin, rows);
  if (x.scalar_type() == at::kFloat) {
    if (fresh) {
      at::mm_out(gradient, dy.t(), x);
    } else {
      at::addmm_out(gradient, gradient, dy.t(), x);
    }
    return;
  }
  at::Tensor product = scratch.matrix(rows, x.size(1), x.scalar_type());
  at::mm_out(product, dy.t(), x);
  share_out(product.numel(), [&](std::int64_t begin, std::int64_t end, std::int64_t) {
    kernels::best_kernels().accumulate({.storage = storage_of(product.scalar_type()),
                                        .adds = !fresh,
                                        .begin = begin,
                                        .end = end,
                                        .source = product.const_data_ptr(),
                                        .target = gradient.data_ptr<float>()});
  });
}

}  // namespace turngreen::model::fused
