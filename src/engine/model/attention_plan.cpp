#include "model/attention_plan.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/arange.h>
#include <ATen/ops/eye.h>
#include <ATen/ops/zeros.h>

#include <algorithm>
#include <limits>

namespace turngreen::model {
namespace {

std::vector<AttentionRun> runs_of(const TokenBatch& batch) {
  if (batch.layout == Layout::padded) return {{batch.ids.size(0), batch.ids.size(1)}};
  std::vector<AttentionRun> runs;
  for (std::int64_t i = 0; i < batch.sequences(); ++i) {
    if (runs.empty() || runs.back().length != batch.length_of(i))
      runs.push_back({0, batch.length_of(i)});
    ++runs.back().sequences;
  }
  return runs;
}

at::Tensor added_to_scores(const at::Tensor& visible) {
  return at::zeros(visible.sizes(), visible.options().dtype(at::kFloat))
      .masked_fill_(visible.logical_not(), -std::numeric_limits<float>::infinity());
}

}  // namespace

at::Tensor window(std::int64_t length, std::int64_t reach, at::Device device) {
  const at::Tensor positions = at::arange(length, at::TensorOptions(at::kLong).device(device));
  return (positions.unsqueeze(1) - positions.unsqueeze(0)).abs() <= reach;
}

AttentionPlan::AttentionPlan(const TokenBatch& batch,
                             std::span<const checkpoint::LayerAttention> layers)
    : runs_(runs_of(batch)) {
  const at::Device device = batch.ids.device();
  at::Tensor real;  // bool [sequences, 1, 1, tokens]
  if (batch.real_tokens() < batch.computed_tokens()) {
    real = batch.mask.unsqueeze(1).unsqueeze(1);
    padding_ = added_to_scores(real);
  }
  std::int64_t longest = 0;
  for (const AttentionRun& run : runs_) longest = std::max(longest, run.length);
  for (const auto& layer : layers) {
    if (!layer.reach || *layer.reach + 1 >= longest || windows_.contains(*layer.reach)) continue;
    at::Tensor visible = window(longest, *layer.reach, device).unsqueeze(0).unsqueeze(0);
    // A pad token far from any real one sees itself: a row of which all is hidden is not a number.
    if (real.defined()) {
      const at::Tensor self = at::eye(longest, at::TensorOptions(at::kBool).device(device));
      visible = visible.logical_and(real.logical_or(self));
    }
    windows_.emplace(*layer.reach, added_to_scores(visible));
  }
}

at::Tensor AttentionPlan::mask(const AttentionRun& run, std::optional<std::int64_t> reach) const {
  if (!reach || *reach + 1 >= run.length) return padding_;
  const at::Tensor& whole = windows_.at(*reach);
  return whole.narrow(2, 0, run.length).narrow(3, 0, run.length);
}

}  // namespace turngreen::model
