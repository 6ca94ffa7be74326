#include "model/forward_pass.h"

#include <ATen/ops/dropout.h>

namespace turngreen::model {
namespace {

checkpoint::Dropouts dropouts_of(const checkpoint::Dropouts& config,
                                 const ForwardOptions& options) {
  if (!options.training) return {};
  if (!options.dropout) return config;
  const double p = *options.dropout;
  return {.embedding = p, .attention = p, .hidden = p, .mlp = p, .classifier = p};
}

}  // namespace

ForwardPass::ForwardPass(const TokenBatch& batch, const checkpoint::Architecture& architecture,
                         const ForwardOptions& options)
    : ids(batch.ids.reshape({-1})),
      positions(positions_of(batch)),
      dropout(dropouts_of(architecture.dropouts, options)),
      row_gradients(options.row_gradients),
      kernel(options.attention),
      plan(batch, architecture.layers) {}

AttentionSettings ForwardPass::attention_of(const checkpoint::LayerAttention& layer) const {
  return {.kernel = kernel, .reach = layer.reach, .dropout = dropout.attention};
}

at::Tensor dropped_out(const at::Tensor& x, double probability) {
  return probability > 0 ? at::dropout(x, probability, true) : x;
}

}  // namespace turngreen::model
