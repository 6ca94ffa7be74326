#include "model/bert.h"

#include <ATen/TensorOperators.h>
#include <fmt/format.h>

#include "model/pooling.h"

namespace turngreen::model {
namespace {

PostNormLayer load_layer(ParameterLoader& loader, const checkpoint::Architecture& architecture,
                         std::size_t number) {
  const std::int64_t hidden = architecture.hidden;
  const NormShape norm = {hidden, architecture.norm_epsilon};
  const std::string at = fmt::format("{}{}.", Bert::kLayers, number);
  PostNormLayer layer;
  layer.attention = architecture.layers[number];
  layer.heads = architecture.heads;
  layer.activation = architecture.activation;
  const std::string self = at + "attention.self.";
  layer.projection =
      loader.encoder_linear({self + "query", self + "key", self + "value"}, {hidden, hidden});
  layer.attended = loader.encoder_linear({at + "attention.output.dense"}, {hidden, hidden});
  layer.attention_norm = loader.encoder_norm(at + "attention.output.LayerNorm", norm);
  layer.up =
      loader.encoder_linear({at + "intermediate.dense"}, {hidden, architecture.intermediate});
  layer.down = loader.encoder_linear({at + "output.dense"}, {architecture.intermediate, hidden});
  layer.output_norm = loader.encoder_norm(at + "output.LayerNorm", norm);
  return layer;
}

}  // namespace

Bert load_bert(ParameterLoader& loader, const checkpoint::Architecture& architecture,
               std::optional<std::int64_t> outputs) {
  const std::int64_t hidden = architecture.hidden;
  const auto table = [&](const char* name, std::int64_t rows) {
    return loader.encoder_table(fmt::format("embeddings.{}_embeddings", name), rows, hidden);
  };
  Bert bert;
  bert.pad_id = architecture.pad_id;
  bert.words = table("word", architecture.vocabulary);
  bert.positions = table("position", architecture.max_positions);
  bert.types = loader.encoder_embedding("embeddings.token_type_embeddings",
                                        architecture.token_types, hidden);
  bert.norm = loader.encoder_norm("embeddings.LayerNorm", {hidden, architecture.norm_epsilon});
  for (std::size_t i = 0; i < architecture.layers.size(); ++i)
    bert.layers.push_back(load_layer(loader, architecture, i));
  if (outputs) {
    const auto initial = Initial::normal(architecture.initializer_range);
    Bert::Head head;
    head.pooler = loader.head_linear("bert.pooler.dense", {hidden, hidden}, initial);
    head.classifier = loader.head_linear("classifier", {hidden, *outputs}, initial);
    bert.head = head;
  } else {
    loader.keep("pooler.dense");
  }
  return bert;
}

std::vector<TableRows> rows_read(const Bert& bert, const TokenBatch& batch) {
  return {{bert.words, batch.ids.reshape({-1})}, {bert.positions, positions_of(batch)}};
}

at::Tensor encode(const Bert& bert, const ForwardPass& pass) {
  at::Tensor x = look_up({bert.words, pass.ids}, bert.pad_id, pass.row_gradients);
  x = x + bert.types.select(0, 0) +
      look_up({bert.positions, pass.positions}, std::nullopt, pass.row_gradients);
  x = dropped_out(bert.norm(x), pass.dropout.embedding);
  for (const PostNormLayer& layer : bert.layers) x = forward(layer, x, pass);
  return x;
}

at::Tensor classify(const Bert& bert, const at::Tensor& hidden, const TokenBatch& batch,
                    const ForwardPass& pass) {
  const at::Tensor pooled = bert.head->pooler(first_tokens(hidden, batch)).tanh();
  return bert.head->classifier(dropped_out(pooled, pass.dropout.classifier));
}

}  // namespace turngreen::model
