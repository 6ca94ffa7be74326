#include "model/fused/embedding_pass.h"

#include "model/fused/threads.h"
#include "model/fused/weight.h"

namespace turngreen::model::fused {
namespace {

constexpr std::uint64_t kPlace = ~std::uint64_t{0};  // of its dropout: no layer's

kernels::EmbeddingShape shape_of(const at::Tensor& sum, std::int64_t begin, std::int64_t end) {
  return {.rows = sum.size(0), .begin = begin, .end = end, .features = sum.size(1)};
}

/// Adds the rows of a table to `sum`; no `index`: its first to all.
void look_up(const at::Tensor& table, const std::int64_t* index, const at::Tensor& sum) {
  if (!table.defined()) return;
  share_out(sum.size(1), [&](std::int64_t begin, std::int64_t end, std::int64_t) {
    kernels::best_kernels().embed(shape_of(sum, begin, end),
                                  {.table = table.data_ptr<float>(), .index = index},
                                  sum.data_ptr<float>());
  });
}

void add_gradients(GradientSlot& table, const std::int64_t* index, const at::Tensor& gradient,
                   std::int64_t without_gradient = -1) {
  if (!table.is_there()) return;
  const at::Tensor target = table.sum();
  share_out(gradient.size(1), [&](std::int64_t begin, std::int64_t end, std::int64_t) {
    kernels::best_kernels().embed_backward(
        shape_of(gradient, begin, end), gradient.const_data_ptr<float>(),
        {.table = target.data_ptr<float>(), .index = index, .without_gradient = without_gradient});
  });
}

const std::int64_t* index_of(const at::Tensor& numbers) {
  return numbers.defined() ? numbers.const_data_ptr<std::int64_t>() : nullptr;
}

}  // namespace

NormData EmbeddingPass::data_of(std::int64_t tokens, const Pass& pass, const at::Tensor& out) {
  return {.residual = {},
          .branch = {},
          .sum = sum_.matrix(tokens, tables_.words.size(1), at::kFloat),
          .out = out,
          .branch_bias = nullptr,
          .dropout = {},
          .out_dropout = kernels::dropout_of(pass.dropout.embedding, mixed(pass.seed, kPlace))};
}

void EmbeddingPass::forward(const at::Tensor& ids, const at::Tensor& positions, const Pass& pass,
                            const at::Tensor& out) {
  NormData data = data_of(ids.numel(), pass, out);
  data.sum.zero_();
  look_up(tables_.words, index_of(ids), data.sum);
  look_up(tables_.types, nullptr, data.sum);
  look_up(tables_.positions, index_of(positions), data.sum);
  data.residual = data.sum;
  norm_forward(norm_, data, statistics_);
}

void EmbeddingPass::backward(const at::Tensor& ids, const at::Tensor& positions, const Pass& pass,
                             const NormGradients& gradients, ThreadSums& sums) {
  const NormData data = data_of(ids.numel(), pass, gradients.out);
  NormGradients mine = gradients;
  mine.sum = gradient_.matrix(data.sum.size(0), data.sum.size(1), at::kFloat);
  if (mine.out_added.defined() && mine.out_added.scalar_type() != at::kFloat)
    mine.out_added =
        added_.matrix(data.sum.size(0), data.sum.size(1), at::kFloat).copy_(gradients.out_added);
  norm_backward(norm_, data, statistics_, mine, sums);
  const std::int64_t pad_id = tables_.pad_id.value_or(-1);
  add_gradients(types_, nullptr, mine.sum);
  if (pass.row_gradients) {
    word_rows_.add(index_of(ids), mine.sum, pad_id);
    if (positions_.is_there()) position_rows_.add(index_of(positions), mine.sum, -1);
  } else {
    add_gradients(words_, index_of(ids), mine.sum, pad_id);
    add_gradients(positions_, index_of(positions), mine.sum);
  }
}

}  // namespace turngreen::model::fused
