#include "model/modernbert.h"

#include <ATen/TensorOperators.h>
#include <fmt/format.h>

#include <cmath>
#include <map>

#include "model/activation.h"
#include "model/pooling.h"
#include "model/rotary_embedding.h"

namespace turngreen::model {
namespace {

PreNormLayer load_layer(ParameterLoader& loader, const checkpoint::Architecture& architecture,
                        std::size_t number) {
  const std::int64_t hidden = architecture.hidden;
  const std::int64_t intermediate = architecture.intermediate;
  const NormShape norm = {hidden, architecture.norm_epsilon, architecture.norm_bias};
  const std::string at = fmt::format("{}{}.", ModernBert::kLayers, number);
  PreNormLayer layer;
  layer.attention = architecture.layers[number];
  if (number > 0) layer.attention_norm = loader.encoder_norm(at + "attn_norm", norm);
  layer.projection =
      loader.encoder_linear({at + "attn.Wqkv"}, {hidden, 3 * hidden, architecture.attention_bias});
  layer.attended =
      loader.encoder_linear({at + "attn.Wo"}, {hidden, hidden, architecture.attention_bias});
  layer.mlp_norm = loader.encoder_norm(at + "mlp_norm", norm);
  layer.up =
      loader.encoder_linear({at + "mlp.Wi"}, {hidden, 2 * intermediate, architecture.mlp_bias});
  layer.down =
      loader.encoder_linear({at + "mlp.Wo"}, {intermediate, hidden, architecture.mlp_bias});
  return layer;
}

ModernBert::Head load_head(ParameterLoader& loader, const checkpoint::Architecture& architecture,
                           std::int64_t outputs) {
  const std::int64_t hidden = architecture.hidden;
  const double cutoff = architecture.initializer_cutoff_factor;
  const double depth = std::sqrt(2.0 * static_cast<double>(architecture.layers.size()));
  ModernBert::Head head;
  head.dense =
      loader.head_linear("head.dense", {hidden, hidden, architecture.classifier_bias},
                         Initial::truncated_normal(architecture.initializer_range / depth, cutoff));
  head.norm =
      loader.head_norm("head.norm", {hidden, architecture.norm_epsilon, architecture.norm_bias});
  head.classifier = loader.head_linear(
      "classifier", {hidden, outputs},
      Initial::truncated_normal(1 / std::sqrt(static_cast<double>(hidden)), cutoff));
  return head;
}

/// By theta: layers of one kind share a table.
using Tables = std::map<double, RotaryTables>;

Tables tables_of(const ModernBert& modernbert, const ForwardPass& pass) {
  Tables tables;
  for (const PreNormLayer& layer : modernbert.layers) {
    const double theta = layer.attention.rope_theta;
    if (!tables.contains(theta))
      tables.emplace(theta, rotary_tables(pass.positions, theta, modernbert.head_dim));
  }
  return tables;
}

struct RotaryPass {
  const Tables& tables;
  const ForwardPass& pass;
};

at::Tensor attention(const ModernBert& modernbert, const PreNormLayer& layer, const at::Tensor& x,
                     const RotaryPass& with) {
  AttentionInputs inputs = split_heads(layer.projection(x), modernbert.heads);
  const RotaryTables& tables = with.tables.at(layer.attention.rope_theta);
  inputs.queries = rotated(inputs.queries, tables);
  inputs.keys = rotated(inputs.keys, tables);
  const at::Tensor seen = attend(inputs, with.pass.plan, with.pass.attention_of(layer.attention));
  // The reference drops the attention's output with the probability of its weights.
  return dropped_out(layer.attended(seen), with.pass.dropout.attention);
}

at::Tensor mlp(const ModernBert& modernbert, const PreNormLayer& layer, const at::Tensor& x,
               const ForwardPass& pass) {
  const auto halves = layer.up(x).chunk(2, -1);
  const at::Tensor gated = activate(halves[0], modernbert.activation) * halves[1];
  return layer.down(dropped_out(gated, pass.dropout.mlp));
}

}  // namespace

ModernBert load_modernbert(ParameterLoader& loader, const checkpoint::Architecture& architecture,
                           std::optional<std::int64_t> outputs) {
  const std::int64_t hidden = architecture.hidden;
  const NormShape norm = {hidden, architecture.norm_epsilon, architecture.norm_bias};
  ModernBert modernbert;
  modernbert.heads = architecture.heads;
  modernbert.head_dim = hidden / architecture.heads;
  modernbert.activation = architecture.activation;
  modernbert.classifier_activation = architecture.classifier_activation;
  modernbert.pooling = architecture.classifier_pooling;
  modernbert.pad_id = architecture.pad_id;
  modernbert.words =
      loader.encoder_table("embeddings.tok_embeddings", architecture.vocabulary, hidden);
  modernbert.norm = loader.encoder_norm("embeddings.norm", norm);
  for (std::size_t i = 0; i < architecture.layers.size(); ++i)
    modernbert.layers.push_back(load_layer(loader, architecture, i));
  modernbert.final_norm = loader.encoder_norm("final_norm", norm);
  if (outputs) modernbert.head = load_head(loader, architecture, *outputs);
  return modernbert;
}

std::vector<TableRows> rows_read(const ModernBert& modernbert, const TokenBatch& batch) {
  return {{modernbert.words, batch.ids.reshape({-1})}};
}

at::Tensor encode(const ModernBert& modernbert, const ForwardPass& pass) {
  const Tables tables = tables_of(modernbert, pass);
  at::Tensor x = look_up({modernbert.words, pass.ids}, modernbert.pad_id, pass.row_gradients);
  x = dropped_out(modernbert.norm(x), pass.dropout.embedding);
  for (const PreNormLayer& layer : modernbert.layers) {
    x = x + attention(modernbert, layer, layer.attention_norm(x), {tables, pass});
    x = x + mlp(modernbert, layer, layer.mlp_norm(x), pass);
  }
  return modernbert.final_norm(x);
}

at::Tensor classify(const ModernBert& modernbert, const at::Tensor& hidden, const TokenBatch& batch,
                    const ForwardPass& pass) {
  const ModernBert::Head& head = *modernbert.head;
  const at::Tensor pooled = modernbert.pooling == checkpoint::Pooling::mean
                                ? mean_pooled(hidden, batch)
                                : first_tokens(hidden, batch);
  const at::Tensor x = head.norm(activate(head.dense(pooled), modernbert.classifier_activation));
  return head.classifier(dropped_out(x, pass.dropout.classifier));
}

}  // namespace turngreen::model
