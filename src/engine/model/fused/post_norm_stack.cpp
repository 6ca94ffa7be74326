#include "model/fused/post_norm_stack.h"

#include <ATen/ops/index_select.h>
#include <ATen/ops/tensor.h>

namespace turngreen::model::fused {
namespace {

enum Place : std::uint64_t { kAttention, kAttended, kOut };

}  // namespace

PostNormStack::Layer::Layer(const PostNormLayer& layer)
    : weights(layer),
      projection(layer.projection),
      attended(layer.attended),
      up(layer.up),
      down(layer.down),
      attention_norm(layer.attention_norm),
      output_norm(layer.output_norm) {}

PostNormStack::PostNormStack(EmbeddingTables tables, std::span<const PostNormLayer> layers)
    : embedding_(std::move(tables)),
      layers_(layers.begin(), layers.end()),
      hidden_(layers.front().attended.weight.size(0)),
      intermediate_(layers.front().up.weight.size(0)),
      kept_(layers.size()) {}

AttentionPlace PostNormStack::place_of(std::size_t layer) const {
  const PostNormLayer& weights = layers_[layer].weights;
  return {.storage = storage_of(pass_.type),
          .heads = weights.heads,
          .head_dim = hidden_ / weights.heads,
          .reach = weights.attention.reach,
          .starts = starts_,
          .first_only = first_only(layer)};
}

AttentionData PostNormStack::attention_data(std::size_t layer) {
  const AttentionPlace place = place_of(layer);
  Kept& mine = kept(layer);
  const bool first = place.first_only;
  const at::Tensor projected = matrix(mine.projected, starts_.back(), (first ? 2 : 3) * hidden_);
  AttentionData data;
  data.query = heads_from(first ? matrix(mine.queries, place.query_rows(), hidden_) : projected, 0);
  data.key = heads_from(projected, first ? 0 : hidden_);
  data.value = heads_from(projected, first ? hidden_ : 2 * hidden_);
  data.bias = layers_[layer].projection.bias();
  data.dropout = pass_.dropout.attention;
  data.seed = seed_of(layer, kAttention);
  data.context = heads_from(matrix(mine.context, place.query_rows(), hidden_), 0);
  data.log_sums =
      mine.log_sums.matrix(place.heads, place.query_rows(), at::kFloat).data_ptr<float>();
  return data;
}

NormData PostNormStack::middle_norm(std::size_t layer, const at::Tensor& in) {
  Kept& mine = kept(layer);
  const std::int64_t rows = place_of(layer).query_rows();
  const at::Tensor sum = matrix(mine.middle_sum, rows, hidden_);
  const double dropout = layers_[layer].weights.drops_attended ? pass_.dropout.hidden : 0;
  return {.residual = in,
          .branch = sum,
          .sum = sum,
          .out = matrix(mine.middle, rows, hidden_),
          .branch_bias = layers_[layer].attended.bias(),
          .dropout = kernels::dropout_of(dropout, seed_of(layer, kAttended)),
          .out_dropout = {}};
}

NormData PostNormStack::out_norm(std::size_t layer) {
  Kept& mine = kept(layer);
  const std::int64_t rows = place_of(layer).query_rows();
  const at::Tensor sum = matrix(mine.out_sum, rows, hidden_);
  return {.residual = matrix(mine.middle, rows, hidden_),
          .branch = sum,
          .sum = sum,
          .out = matrix(mine.out, rows, hidden_),
          .branch_bias = layers_[layer].down.bias(),
          .dropout = kernels::dropout_of(pass_.dropout.hidden, seed_of(layer, kOut)),
          .out_dropout = {}};
}

at::Tensor PostNormStack::input_of(std::size_t layer) {
  return matrix(layer == 0 ? embedded_ : kept(layer - 1).out, starts_.back(), hidden_);
}

std::vector<Shadow> PostNormStack::shadows() const {
  std::vector<Shadow> shadows;
  for (const Layer& layer : layers_) {
    for (const Weight* weight : {&layer.projection, &layer.attended, &layer.up, &layer.down})
      if (auto shadow = weight->shadow()) shadows.push_back(*std::move(shadow));
  }
  return shadows;
}

at::Tensor PostNormStack::forward(const TokenBatch& batch, const Pass& pass) {
  pass_ = pass;
  ids_ = batch.ids;
  positions_ = positions_of(batch);
  starts_ = batch.starts;
  firsts_ = at::tensor(at::ArrayRef<std::int64_t>(starts_.data(), starts_.size() - 1));
  for (Layer& layer : layers_) {
    for (Weight* weight : {&layer.projection, &layer.attended, &layer.up, &layer.down})
      weight->refresh(pass.type);
  }
  at::Tensor x = matrix(embedded_, starts_.back(), hidden_);
  embedding_.forward(ids_, positions_, pass, x);
  for (std::size_t layer = 0; layer < layers_.size(); ++layer) x = forward_layer(layer, x);
  return x;
}

at::Tensor PostNormStack::forward_layer(std::size_t number, const at::Tensor& x) {
  Layer& layer = layers_[number];
  Kept& mine = kept(number);
  const AttentionPlace place = place_of(number);
  const std::int64_t rows = place.query_rows();
  at::Tensor in = x;
  if (place.first_only) {
    in = matrix(mine.first_in, rows, hidden_);
    at::index_select_out(in, x, 0, firsts_);
    layer.projection.product(in, matrix(mine.queries, rows, hidden_), {0, hidden_});
    layer.projection.product(x, matrix(mine.projected, x.size(0), 2 * hidden_),
                             {hidden_, 3 * hidden_});
  } else {
    layer.projection.product(x, matrix(mine.projected, x.size(0), 3 * hidden_),
                             layer.projection.all());
  }
  attention_.forward(place, attention_data(number));

  NormData middle = middle_norm(number, in);
  layer.attended.product(matrix(mine.context, rows, hidden_), middle.branch, layer.attended.all());
  norm_forward(layer.attention_norm, middle, mine.middle_statistics);

  const at::Tensor up = matrix(mine.up, rows, intermediate_);
  const at::Tensor activated = matrix(mine.activated, rows, intermediate_);
  layer.up.product(middle.out, up, layer.up.all());
  activation_forward({kernels::FeedForward::gelu, layer.up.bias()}, up, activated);

  NormData out = out_norm(number);
  layer.down.product(activated, out.branch, layer.down.all());
  norm_forward(layer.output_norm, out, mine.out_statistics);
  return out.out;
}

void PostNormStack::backward(const at::Tensor& gradient) {
  OutGradient at{gradient, {}};
  for (std::size_t layer = layers_.size(); layer-- > 0;) at = backward_layer(layer, at);
  NormGradients gradients;
  gradients.out = at.main;
  gradients.out_added = at.added;
  embedding_.backward(ids_, positions_, pass_, gradients, sums_);
}

PostNormStack::OutGradient PostNormStack::backward_layer(std::size_t number,
                                                         const OutGradient& gradient) {
  Layer& layer = layers_[number];
  Kept& mine = kept(number);
  const std::int64_t rows = place_of(number).query_rows();
  const at::Tensor x = first_only(number) ? matrix(mine.first_in, rows, hidden_) : input_of(number);

  const NormData out = out_norm(number);
  NormGradients after;
  after.out = gradient.main;
  after.out_added = gradient.added;
  after.sum = matrix(sum_gradient_[0], rows, hidden_);
  after.branch = matrix(branch_gradient_, rows, hidden_);
  after.branch_bias = layer.down.bias_gradient();
  norm_backward(layer.output_norm, out, mine.out_statistics, after, sums_);

  const at::Tensor activated = matrix(mine.activated, rows, intermediate_);
  const at::Tensor wide = matrix(wide_gradient_, rows, intermediate_);
  layer.down.input_gradient(after.branch, wide, layer.down.all());
  layer.down.add_gradient(after.branch, activated, layer.down.all(), product_);
  activation_backward({kernels::FeedForward::gelu}, matrix(mine.up, rows, intermediate_),
                      {wide, wide, layer.up.bias_gradient()}, sums_);

  const NormData middle = middle_norm(number, x);
  NormGradients before;
  before.out = matrix(middle_gradient_, rows, hidden_);
  layer.up.input_gradient(wide, before.out, layer.up.all());
  layer.up.add_gradient(wide, middle.out, layer.up.all(), product_);
  before.out_added = after.sum;
  before.sum = matrix(sum_gradient_[1], rows, hidden_);
  before.branch = after.branch;
  before.branch_bias = layer.attended.bias_gradient();
  norm_backward(layer.attention_norm, middle, mine.middle_statistics, before, sums_);

  const at::Tensor context_gradient = matrix(context_gradient_, rows, hidden_);
  layer.attended.input_gradient(before.branch, context_gradient, layer.attended.all());
  layer.attended.add_gradient(before.branch, matrix(mine.context, rows, hidden_),
                              layer.attended.all(), product_);
  return backward_attention(number, context_gradient, before.sum);
}

PostNormStack::OutGradient PostNormStack::backward_attention(std::size_t number,
                                                             const at::Tensor& context_gradient,
                                                             const at::Tensor& sum_gradient) {
  Layer& layer = layers_[number];
  Kept& mine = kept(number);
  const AttentionPlace place = place_of(number);
  const bool first = place.first_only;
  const std::int64_t tokens = starts_.back();
  const at::Tensor x = input_of(number);
  const at::Tensor projected = matrix(projected_gradient_, tokens, (first ? 2 : 3) * hidden_);
  const at::Tensor queries =
      first ? matrix(query_gradient_, place.query_rows(), hidden_) : projected;
  attention_.backward(place, attention_data(number),
                      {.context = heads_from(context_gradient, 0),
                       .query = heads_from(queries, 0),
                       .key = heads_from(projected, first ? 0 : hidden_),
                       .value = heads_from(projected, first ? hidden_ : 2 * hidden_)});
  const at::Tensor in_gradient = matrix(in_gradient_, tokens, hidden_);
  const at::Tensor bias = layer.projection.bias_gradient();
  if (!first) {
    layer.projection.input_gradient(projected, in_gradient, layer.projection.all());
    layer.projection.add_gradient(projected, x, layer.projection.all(), product_);
    add_column_sums(projected, bias, sums_);
    return {in_gradient, sum_gradient};
  }
  const Weight::Outputs of_queries{0, hidden_};
  const Weight::Outputs of_others{hidden_, 3 * hidden_};
  layer.projection.input_gradient(projected, in_gradient, of_others);
  layer.projection.add_gradient(projected, x, of_others, product_);
  add_column_sums(projected, bias.narrow(0, hidden_, 2 * hidden_), sums_);
  const at::Tensor firsts = matrix(middle_gradient_, place.query_rows(), hidden_);
  layer.projection.input_gradient(queries, firsts, of_queries);
  layer.projection.add_gradient(queries, matrix(mine.first_in, place.query_rows(), hidden_),
                                of_queries, product_);
  add_column_sums(queries, bias.narrow(0, 0, hidden_), sums_);
  firsts.add_(sum_gradient);
  in_gradient.index_add_(0, firsts_, firsts);
  return {in_gradient, {}};
}

}  // namespace turngreen::model::fused
