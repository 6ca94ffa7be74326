#include "model/fused/embedding_pass.h"

#include "model/fused/threads.h"
#include "model/fused/weight.h"

namespace turngreen::model::fused {
namespace {

constexpr std::uint64_t kPlace = ~std::uint64_t{0};  // of its dropout: no layer's

/// One table and which row of it each token takes.
struct Lookup {
  const at::Tensor& table;
  const std::int64_t* index;
  std::int64_t without_gradient;
};

template <typename Visit>
void visit(const EmbeddingTables& tables, const at::Tensor& ids, const at::Tensor& positions,
           const Visit& work) {
  work(Lookup{tables.words, ids.const_data_ptr<std::int64_t>(), tables.pad_id.value_or(-1)});
  if (tables.types.defined()) work(Lookup{tables.types, nullptr, -1});
  if (tables.positions.defined())
    work(Lookup{tables.positions, positions.const_data_ptr<std::int64_t>(), -1});
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
  visit(tables_, ids, positions, [&](const Lookup& lookup) {
    share_out(data.sum.size(1), [&](std::int64_t begin, std::int64_t end, std::int64_t) {
      kernels::best_kernels().embed(
          {.rows = data.sum.size(0), .begin = begin, .end = end, .features = data.sum.size(1)},
          {.table = lookup.table.data_ptr<float>(), .index = lookup.index},
          data.sum.data_ptr<float>());
    });
  });
  data.residual = data.sum;
  norm_forward(tables_.norm, data, statistics_);
}

void EmbeddingPass::backward(const at::Tensor& ids, const at::Tensor& positions, const Pass& pass,
                             const NormGradients& gradients, ThreadSums& sums) {
  const NormData data = data_of(ids.numel(), pass, gradients.out);
  NormGradients mine = gradients;
  mine.sum = gradient_.matrix(data.sum.size(0), data.sum.size(1), at::kFloat);
  if (mine.out_added.defined()) mine.out_added = mine.out_added.to(at::kFloat);
  norm_backward(tables_.norm, data, statistics_, mine, sums);
  visit(tables_, ids, positions, [&](const Lookup& lookup) {
    const at::Tensor gradient = gradient_of(lookup.table);
    share_out(data.sum.size(1), [&](std::int64_t begin, std::int64_t end, std::int64_t) {
      kernels::best_kernels().embed_backward(
          {.rows = data.sum.size(0), .begin = begin, .end = end, .features = data.sum.size(1)},
          mine.sum.const_data_ptr<float>(),
          {.table = gradient.data_ptr<float>(),
           .index = lookup.index,
           .without_gradient = lookup.without_gradient});
    });
  });
}

}  // namespace turngreen::model::fused
