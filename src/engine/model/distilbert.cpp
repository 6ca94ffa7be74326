#include "model/distilbert.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/relu.h>
#include <fmt/format.h>

#include "model/pooling.h"

namespace turngreen::model {
namespace {

PostNormLayer load_layer(ParameterLoader& loader, const checkpoint::Architecture& architecture,
                         std::size_t number) {
  const std::int64_t hidden = architecture.hidden;
  const NormShape norm = {hidden, architecture.norm_epsilon};
  const std::string at = fmt::format("{}{}.", DistilBert::kLayers, number);
  PostNormLayer layer;
  layer.attention = architecture.layers[number];
  layer.heads = architecture.heads;
  layer.activation = architecture.activation;
  layer.drops_attended = false;
  const std::string self = at + "attention.";
  layer.projection =
      loader.encoder_linear({self + "q_lin", self + "k_lin", self + "v_lin"}, {hidden, hidden});
  layer.attended = loader.encoder_linear({self + "out_lin"}, {hidden, hidden});
  layer.attention_norm = loader.encoder_norm(at + "sa_layer_norm", norm);
  layer.up = loader.encoder_linear({at + "ffn.lin1"}, {hidden, architecture.intermediate});
  layer.down = loader.encoder_linear({at + "ffn.lin2"}, {architecture.intermediate, hidden});
  layer.output_norm = loader.encoder_norm(at + "output_layer_norm", norm);
  return layer;
}

}  // namespace

DistilBert load_distilbert(ParameterLoader& loader, const checkpoint::Architecture& architecture,
                           std::optional<std::int64_t> outputs) {
  const std::int64_t hidden = architecture.hidden;
  DistilBert distilbert;
  distilbert.pad_id = architecture.pad_id;
  distilbert.words =
      loader.encoder_table("embeddings.word_embeddings", architecture.vocabulary, hidden);
  distilbert.positions =
      loader.encoder_table("embeddings.position_embeddings", architecture.max_positions, hidden);
  distilbert.norm =
      loader.encoder_norm("embeddings.LayerNorm", {hidden, architecture.norm_epsilon});
  for (std::size_t i = 0; i < architecture.layers.size(); ++i)
    distilbert.layers.push_back(load_layer(loader, architecture, i));
  if (outputs) {
    const auto initial = Initial::normal(architecture.initializer_range);
    DistilBert::Head head;
    head.dense = loader.head_linear("pre_classifier", {hidden, hidden}, initial);
    head.classifier = loader.head_linear("classifier", {hidden, *outputs}, initial);
    distilbert.head = head;
  }
  return distilbert;
}

std::vector<TableRows> rows_read(const DistilBert& distilbert, const TokenBatch& batch) {
  return {{distilbert.words, batch.ids.reshape({-1})}, {distilbert.positions, positions_of(batch)}};
}

at::Tensor encode(const DistilBert& distilbert, const ForwardPass& pass) {
  at::Tensor x = look_up({distilbert.words, pass.ids}, distilbert.pad_id, pass.row_gradients);
  x = x + look_up({distilbert.positions, pass.positions}, std::nullopt, pass.row_gradients);
  x = dropped_out(distilbert.norm(x), pass.dropout.embedding);
  for (const PostNormLayer& layer : distilbert.layers) x = forward(layer, x, pass);
  return x;
}

at::Tensor classify(const DistilBert& distilbert, const at::Tensor& hidden, const TokenBatch& batch,
                    const ForwardPass& pass) {
  const at::Tensor pooled = at::relu(distilbert.head->dense(first_tokens(hidden, batch)));
  return distilbert.head->classifier(dropped_out(pooled, pass.dropout.classifier));
}

}  // namespace turngreen::model
