#include "model/flop_count.h"

#include <algorithm>

namespace turngreen::model {
namespace {

using checkpoint::Architecture;

constexpr std::int64_t square(std::int64_t x) { return x * x; }

/// Pairs of a query and a key that a window lets see each other, among `length` tokens.
std::int64_t seen_pairs(std::int64_t length, std::optional<std::int64_t> reach) {
  if (!reach || *reach + 1 >= length) return square(length);
  // The band of 2 * reach + 1 diagonals, less what of it lies outside.
  return length * (2 * *reach + 1) - *reach * (*reach + 1);
}

/// Of one layer for one token: projections and feed-forward.
std::int64_t layer_flops(const Architecture& architecture) {
  const std::int64_t hidden = architecture.hidden;
  const bool gated = architecture.family == checkpoint::Family::modernbert;
  const std::int64_t feed_forward = (gated ? 3 : 2) * hidden * architecture.intermediate;
  return 2 * (4 * square(hidden) + feed_forward);
}

std::int64_t head_flops(const Architecture& architecture, std::optional<std::int64_t> outputs) {
  if (!outputs) return 0;
  return 2 * (square(architecture.hidden) + architecture.hidden * *outputs);
}

/// Scores, and the sums of values that they weight.
std::int64_t attention_flops(const Architecture& architecture, std::int64_t pairs) {
  return 2 * 2 * pairs * architecture.hidden;
}

FlopCount with_backward(std::int64_t forward) { return {forward, 2 * forward}; }

}  // namespace

FlopCount executed_flops(const Architecture& architecture, std::optional<std::int64_t> outputs,
                         const TokenBatch& batch) {
  std::int64_t pairs = 0;
  if (batch.layout == Layout::padded) pairs = batch.ids.size(0) * square(batch.ids.size(1));
  if (batch.layout == Layout::packed) {
    for (std::int64_t i = 0; i < batch.sequences(); ++i) pairs += square(batch.length_of(i));
  }
  const auto layers = static_cast<std::int64_t>(architecture.layers.size());
  return with_backward(layers * (batch.computed_tokens() * layer_flops(architecture) +
                                 attention_flops(architecture, pairs)) +
                       batch.sequences() * head_flops(architecture, outputs));
}

FlopCount useful_flops(const Architecture& architecture, std::optional<std::int64_t> outputs,
                       const TokenBatch& batch) {
  std::int64_t flops = batch.sequences() * head_flops(architecture, outputs);
  for (const auto& layer : architecture.layers) {
    std::int64_t pairs = 0;
    for (std::int64_t i = 0; i < batch.sequences(); ++i)
      pairs += seen_pairs(batch.length_of(i), layer.reach);
    flops += batch.real_tokens() * layer_flops(architecture) + attention_flops(architecture, pairs);
  }
  return with_backward(flops);
}

}  // namespace turngreen::model
