#include "model/fused/pre_norm_stack.h"

#include <ATen/ops/arange.h>
#include <ATen/ops/index_select.h>
#include <ATen/ops/tensor.h>

#include <algorithm>

namespace turngreen::model::fused {
namespace {

enum Place : std::uint64_t { kAttended, kActivated, kAttention };

}  // namespace

PreNormStack::Layer::Layer(const PreNormLayer& layer)
    : weights(layer),
      projection(layer.projection),
      attended(layer.attended),
      up(layer.up),
      down(layer.down),
      attention_norm(layer.attention_norm),
      mlp_norm(layer.mlp_norm) {}

PreNormStack::PreNormStack(const ModernBert& modernbert)
    : embedding_({modernbert.words, {}, {}, modernbert.norm, modernbert.pad_id}),
      layers_(modernbert.layers.begin(), modernbert.layers.end()),
      final_norm_(modernbert.final_norm),
      heads_(modernbert.heads),
      hidden_(modernbert.words.size(1)),
      intermediate_(modernbert.layers.front().down.weight.size(1)),
      kept_(modernbert.layers.size()) {}

AttentionPlace PreNormStack::place_of(std::size_t layer) const {
  return {.storage = storage_of(pass_.type),
          .heads = heads_,
          .head_dim = hidden_ / heads_,
          .reach = layers_[layer].weights.attention.reach,
          .starts = starts_,
          .first_only = first_only(layer)};
}

AttentionData PreNormStack::attention_data(std::size_t layer) {
  const AttentionPlace place = place_of(layer);
  Kept& mine = kept(layer);
  const bool first = place.first_only;
  const RotaryTables& tables = tables_.at(layers_[layer].weights.attention.rope_theta);
  const at::Tensor projected = matrix(mine.projected, tokens(), (first ? 2 : 3) * hidden_);
  AttentionData data;
  data.query = heads_from(first ? matrix(mine.queries, place.query_rows(), hidden_) : projected, 0);
  data.key = heads_from(projected, first ? 0 : hidden_);
  data.value = heads_from(projected, first ? hidden_ : 2 * hidden_);
  data.cosines = tables.cosine.const_data_ptr<float>();
  data.sines = tables.sine.const_data_ptr<float>();
  data.dropout = pass_.dropout.attention;
  data.seed = seed_of(layer, kAttention);
  data.context = heads_from(matrix(mine.context, place.query_rows(), hidden_), 0);
  data.log_sums =
      mine.log_sums.matrix(place.heads, place.query_rows(), at::kFloat).data_ptr<float>();
  return data;
}

FeedForwardActivation PreNormStack::activation_of(std::size_t layer) const {
  return {.kind = kernels::FeedForward::geglu,
          .bias = nullptr,
          .dropout = kernels::dropout_of(pass_.dropout.mlp, seed_of(layer, kActivated))};
}

NormData PreNormStack::in_norm(std::size_t layer) {
  const std::int64_t rows = tokens();
  return {.residual = stream(kept(layer - 1).middle_stream, rows),
          .branch = matrix(branch_, rows, hidden_),
          .sum = stream(kept(layer).stream, rows),
          .out = matrix(kept(layer).normed, rows, hidden_)};
}

NormData PreNormStack::middle_norm(std::size_t layer) {
  const std::int64_t rows = place_of(layer).query_rows();
  Kept& mine = kept(layer);
  NormData data{.residual = stream(first_only(layer) ? first_stream_ : mine.stream, rows),
                .branch = matrix(branch_, rows, hidden_),
                .sum = stream(mine.middle_stream, rows),
                .out = matrix(mine.middle, rows, hidden_)};
  // The reference drops the attention's output with the probability of its weights.
  data.dropout = kernels::dropout_of(pass_.dropout.attention, seed_of(layer, kAttended));
  return data;
}

NormData PreNormStack::final_norm() {
  const std::int64_t rows = out_rows();
  return {.residual = stream(kept(layers_.size() - 1).middle_stream, rows),
          .branch = matrix(branch_, rows, hidden_),
          .sum = stream(final_stream_, rows),
          .out = matrix(out_, rows, hidden_)};
}

void PreNormStack::make_tables() {
  std::int64_t longest = 0;
  for (std::size_t i = 1; i < starts_.size(); ++i)
    longest = std::max(longest, starts_[i] - starts_[i - 1]);
  if (longest <= table_rows_) return;
  table_rows_ = longest;
  tables_.clear();
  const at::Tensor positions = at::arange(longest, at::kLong);
  for (const Layer& layer : layers_) {
    const double theta = layer.weights.attention.rope_theta;
    if (!tables_.contains(theta))
      tables_.emplace(theta, rotary_tables(positions, theta, hidden_ / heads_));
  }
}

std::vector<Shadow> PreNormStack::shadows() const {
  std::vector<Shadow> shadows;
  for (const Layer& layer : layers_) {
    for (const Weight* weight : {&layer.projection, &layer.attended, &layer.up, &layer.down})
      if (auto shadow = weight->shadow()) shadows.push_back(*std::move(shadow));
  }
  return shadows;
}

at::Tensor PreNormStack::forward(const TokenBatch& batch, const Pass& pass) {
  pass_ = pass;
  ids_ = batch.ids;
  starts_ = batch.starts;
  firsts_ = at::tensor(at::ArrayRef<std::int64_t>(starts_.data(), starts_.size() - 1));
  make_tables();
  for (Layer& layer : layers_) {
    for (Weight* weight : {&layer.projection, &layer.attended, &layer.up, &layer.down})
      weight->refresh(pass.type);
  }
  embedding_.forward(ids_, {}, pass, stream(kept(0).stream, tokens()));
  for (std::size_t layer = 0; layer < layers_.size(); ++layer) forward_layer(layer);
  const NormData last = final_norm();
  norm_forward(final_norm_, last, final_statistics_);
  return last.out;
}

void PreNormStack::forward_layer(std::size_t number) {
  Layer& layer = layers_[number];
  Kept& mine = kept(number);
  const at::Tensor normed = matrix(mine.normed, tokens(), hidden_);
  if (number == 0) {
    at::Tensor(normed).copy_(stream(mine.stream, tokens()));
  } else {
    norm_forward(layer.attention_norm, in_norm(number), mine.statistics);
  }

  const AttentionPlace place = place_of(number);
  const std::int64_t rows = place.query_rows();
  if (place.first_only) {
    at::Tensor firsts = matrix(mine.first_normed, rows, hidden_);
    at::index_select_out(firsts, normed, 0, firsts_);
    layer.projection.product(firsts, matrix(mine.queries, rows, hidden_), {0, hidden_});
    layer.projection.product(normed, matrix(mine.projected, tokens(), 2 * hidden_),
                             {hidden_, 3 * hidden_});
    at::Tensor first_stream = stream(first_stream_, rows);
    at::index_select_out(first_stream, stream(mine.stream, tokens()), 0, firsts_);
  } else {
    layer.projection.product(normed, matrix(mine.projected, tokens(), 3 * hidden_),
                             layer.projection.all());
  }
  attention_.forward(place, attention_data(number));
  layer.attended.product(matrix(mine.context, rows, hidden_), matrix(branch_, rows, hidden_),
                         layer.attended.all());

  const NormData middle = middle_norm(number);
  norm_forward(layer.mlp_norm, middle, mine.middle_statistics);
  const at::Tensor up = matrix(mine.up, rows, 2 * intermediate_);
  const at::Tensor activated = matrix(mine.activated, rows, intermediate_);
  layer.up.product(middle.out, up, layer.up.all());
  activation_forward(activation_of(number), up, activated);
  layer.down.product(activated, matrix(branch_, rows, hidden_), layer.down.all());
}

void PreNormStack::backward(const at::Tensor& gradient) {
  NormGradients last;
  last.out = gradient;
  last.sum = stream(stream_gradient_[0], out_rows());
  last.branch = matrix(branch_gradient_, out_rows(), hidden_);
  norm_backward(final_norm_, final_norm(), final_statistics_, last, sums_);
  at::Tensor at = last.sum;
  for (std::size_t layer = layers_.size(); layer-- > 0;) at = backward_layer(layer, at);
  NormGradients first;
  first.out = at;
  embedding_.backward(ids_, {}, pass_, first, sums_);
}

at::Tensor PreNormStack::backward_layer(std::size_t number, const at::Tensor& stream_gradient) {
  Layer& layer = layers_[number];
  Kept& mine = kept(number);
  const std::int64_t rows = place_of(number).query_rows();

  const at::Tensor down_gradient = matrix(branch_gradient_, rows, hidden_);
  const at::Tensor activated_gradient = matrix(activated_gradient_, rows, intermediate_);
  layer.down.input_gradient(down_gradient, activated_gradient, layer.down.all());
  layer.down.add_gradient(down_gradient, matrix(mine.activated, rows, intermediate_),
                          layer.down.all(), product_);
  const at::Tensor up_gradient = matrix(up_gradient_, rows, 2 * intermediate_);
  activation_backward(activation_of(number), matrix(mine.up, rows, 2 * intermediate_),
                      {activated_gradient, up_gradient, {}}, sums_);

  const NormData middle = middle_norm(number);
  NormGradients before;
  before.out = matrix(middle_gradient_, rows, hidden_);
  layer.up.input_gradient(up_gradient, before.out, layer.up.all());
  layer.up.add_gradient(up_gradient, middle.out, layer.up.all(), product_);
  before.sum_added = stream_gradient;
  before.sum = stream_gradient;
  before.branch = matrix(attended_gradient_, rows, hidden_);
  norm_backward(layer.mlp_norm, middle, mine.middle_statistics, before, sums_);

  const at::Tensor normed_gradient = backward_attention(number, before.branch);
  at::Tensor incoming = stream_gradient;
  if (first_only(number)) {
    incoming = stream(stream_gradient_[1], tokens());
    incoming.zero_();
    incoming.index_copy_(0, firsts_, stream_gradient);
  }
  if (number == 0) return incoming.add_(normed_gradient);
  NormGradients in;
  in.out = normed_gradient;
  in.sum_added = incoming;
  in.sum = incoming;
  in.branch = matrix(branch_gradient_, tokens(), hidden_);
  norm_backward(layer.attention_norm, in_norm(number), mine.statistics, in, sums_);
  return incoming;
}

at::Tensor PreNormStack::backward_attention(std::size_t number,
                                            const at::Tensor& attended_gradient) {
  Layer& layer = layers_[number];
  Kept& mine = kept(number);
  const AttentionPlace place = place_of(number);
  const bool first = place.first_only;
  const std::int64_t rows = place.query_rows();
  const at::Tensor context_gradient = matrix(context_gradient_, rows, hidden_);
  layer.attended.input_gradient(attended_gradient, context_gradient, layer.attended.all());
  layer.attended.add_gradient(attended_gradient, matrix(mine.context, rows, hidden_),
                              layer.attended.all(), product_);

  const at::Tensor projected = matrix(projected_gradient_, tokens(), (first ? 2 : 3) * hidden_);
  const at::Tensor queries = first ? matrix(query_gradient_, rows, hidden_) : projected;
  attention_.backward(place, attention_data(number),
                      {.context = heads_from(context_gradient, 0),
                       .query = heads_from(queries, 0),
                       .key = heads_from(projected, first ? 0 : hidden_),
                       .value = heads_from(projected, first ? hidden_ : 2 * hidden_)});
  const at::Tensor normed = matrix(mine.normed, tokens(), hidden_);
  const at::Tensor normed_gradient = matrix(normed_gradient_, tokens(), hidden_);
  const Weight::Outputs outputs =
      first ? Weight::Outputs{hidden_, 3 * hidden_} : layer.projection.all();
  layer.projection.input_gradient(projected, normed_gradient, outputs);
  layer.projection.add_gradient(projected, normed, outputs, product_);
  if (first) {
    const at::Tensor firsts = matrix(middle_gradient_, rows, hidden_);
    layer.projection.input_gradient(queries, firsts, {0, hidden_});
    layer.projection.add_gradient(queries, matrix(mine.first_normed, rows, hidden_), {0, hidden_},
                                  product_);
    normed_gradient.index_add_(0, firsts_, firsts);
  }
  return normed_gradient;
}

}  // namespace turngreen::model::fused
