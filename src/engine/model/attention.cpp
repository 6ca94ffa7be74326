#include "model/attention.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/dropout.h>
#include <ATen/ops/matmul.h>
#include <ATen/ops/scaled_dot_product_attention.h>
#include <ATen/ops/softmax.h>

#include <cmath>

namespace turngreen::model {
namespace {

/// All [sequences, heads, length, head_dim].
at::Tensor attend_eager(const AttentionInputs& inputs, const at::Tensor& mask, double dropout) {
  const double scale = 1 / std::sqrt(static_cast<double>(inputs.queries.size(3)));
  at::Tensor scores = at::matmul(inputs.queries, inputs.keys.transpose(2, 3)) * scale;
  if (mask.defined()) scores = scores + mask;
  const at::Tensor weights = at::softmax(scores, -1, at::kFloat).to(inputs.queries.scalar_type());
  return at::matmul(at::dropout(weights, dropout, dropout > 0), inputs.values);
}

at::Tensor attend_run(const AttentionInputs& inputs, const AttentionRun& run,
                      const at::Tensor& mask, const AttentionSettings& settings) {
  const auto per_head = [&](const at::Tensor& rows) {  // [sequences, heads, length, head_dim]
    return rows.view({run.sequences, run.length, rows.size(1), rows.size(2)}).transpose(1, 2);
  };
  const auto joined = [&](const at::Tensor& attended) {  // [rows, heads * head_dim]
    return attended.transpose(1, 2).reshape({run.rows(), -1});
  };
  const AttentionInputs heads = {per_head(inputs.queries), per_head(inputs.keys),
                                 per_head(inputs.values)};
  if (settings.kernel == AttentionKernel::eager)
    return joined(attend_eager(heads, mask, settings.dropout));
  // The kernel does not take an undefined mask for none.
  const auto optional_mask = mask.defined() ? std::optional(mask) : std::nullopt;
  return joined(at::scaled_dot_product_attention(heads.queries, heads.keys, heads.values,
                                                 optional_mask, settings.dropout));
}

}  // namespace

at::Tensor attend(const AttentionInputs& inputs, const AttentionPlan& plan,
                  const AttentionSettings& settings) {
  const auto& runs = plan.runs();
  const auto attend_one = [&](const AttentionInputs& rows, const AttentionRun& run) {
    return attend_run(rows, run, plan.mask(run, settings.reach), settings);
  };
  if (runs.size() == 1) return attend_one(inputs, runs.front());
  std::vector<std::int64_t> rows;
  rows.reserve(runs.size());
  for (const AttentionRun& run : runs) rows.push_back(run.rows());
  // One split each: its backward joins once, where that of as many narrows would write as many
  // gradients of the whole.
  const auto queries = inputs.queries.split_with_sizes(rows);
  const auto keys = inputs.keys.split_with_sizes(rows);
  const auto values = inputs.values.split_with_sizes(rows);
  std::vector<at::Tensor> attended;
  attended.reserve(runs.size());
  for (std::size_t i = 0; i < runs.size(); ++i)
    attended.push_back(attend_one({queries[i], keys[i], values[i]}, runs[i]));
  return at::cat(attended);
}

AttentionInputs split_heads(const at::Tensor& projected, std::int64_t heads) {
  const std::int64_t head_dim = projected.size(1) / (3 * heads);
  const auto parts = projected.view({projected.size(0), 3, heads, head_dim}).unbind(1);
  return {parts[0], parts[1], parts[2]};
}

}  // namespace turngreen::model
