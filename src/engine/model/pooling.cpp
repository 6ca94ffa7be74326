#include "model/pooling.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/index_select.h>
#include <ATen/ops/stack.h>
#include <ATen/ops/tensor.h>

namespace turngreen::model {

at::Tensor first_tokens(const at::Tensor& hidden, const TokenBatch& batch) {
  if (batch.layout == Layout::padded) return hidden.select(1, 0);
  const std::vector<std::int64_t> firsts(batch.starts.begin(), batch.starts.end() - 1);
  return at::index_select(hidden, 0, at::tensor(firsts).to(hidden.device()));
}

at::Tensor mean_pooled(const at::Tensor& hidden, const TokenBatch& batch) {
  if (batch.layout == Layout::padded) {
    const at::Tensor real = batch.mask.unsqueeze(2);  // [sequences, tokens, 1]
    return (hidden * real).sum(1) / real.sum(1);
  }
  std::vector<std::int64_t> lengths;
  lengths.reserve(static_cast<std::size_t>(batch.sequences()));
  for (std::int64_t i = 0; i < batch.sequences(); ++i) lengths.push_back(batch.length_of(i));
  std::vector<at::Tensor> means;
  means.reserve(lengths.size());
  for (const at::Tensor& sequence : hidden.split_with_sizes(lengths))
    means.push_back(sequence.mean(0));
  return at::stack(means);
}

}  // namespace turngreen::model
