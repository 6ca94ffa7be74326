#include "model/prepared/prepared_encoder.h"

#include <ATen/Parallel.h>
#include <ATen/ops/arange.h>
#include <ATen/ops/index_select.h>
#include <ATen/ops/tensor.h>

#include <algorithm>

#include "model/fused/threads.h"

namespace turngreen::model::prepared {
namespace {

constexpr std::int64_t kBlockRows = 96;  ///< of which all activations fit the second cache
constexpr std::int64_t kTileRows = 6;    ///< that the products take at a time

at::ScalarType type_of(kernels::Storage storage) {
  return storage == kernels::Storage::bf16 ? at::kBFloat16 : at::kFloat;
}

std::vector<LayerParts> parts_of(std::span<const PostNormLayer> layers) {
  std::vector<LayerParts> parts;
  for (const PostNormLayer& layer : layers) {
    parts.push_back({.attention = layer.attention,
                     .projection = layer.projection,
                     .attended = layer.attended,
                     .middle_norm = layer.attention_norm,
                     .up = layer.up,
                     .down = layer.down,
                     .out_norm = layer.output_norm});
  }
  return parts;
}

std::vector<LayerParts> parts_of(const ModernBert& modernbert) {
  std::vector<LayerParts> parts;
  for (std::size_t i = 0; i < modernbert.layers.size(); ++i) {
    const PreNormLayer& layer = modernbert.layers[i];
    const bool is_last = i + 1 == modernbert.layers.size();
    parts.push_back(
        {.attention = layer.attention,
         .projection = layer.projection,
         .attended = layer.attended,
         .middle_norm = layer.mlp_norm,
         .up = layer.up,
         .down = layer.down,
         .out_norm = is_last ? modernbert.final_norm : modernbert.layers[i + 1].attention_norm});
  }
  return parts;
}

char* row_of(const at::Tensor& matrix, std::int64_t row) {
  return static_cast<char*>(matrix.data_ptr()) +
         row * matrix.stride(0) * static_cast<std::int64_t>(matrix.element_size());
}

/// Rows of a block: as few blocks as may be, but each thread has as many as the others.
std::int64_t block_rows(std::int64_t rows) {
  const std::int64_t threads = at::get_num_threads();
  std::int64_t blocks = (rows + kBlockRows - 1) / kBlockRows;
  blocks = (blocks + threads - 1) / threads * threads;
  const std::int64_t even = (rows + blocks - 1) / blocks;
  return std::min(kBlockRows, (even + kTileRows - 1) / kTileRows * kTileRows);
}

}  // namespace

PreparedEncoder::PreparedEncoder(const fused::EmbeddingTables& tables, const Settings& settings,
                                 std::span<const LayerParts> layers, const Arithmetic& arithmetic)
    : arithmetic_(arithmetic),
      settings_(settings),
      hidden_(layers.front().attended.weight.size(0)),
      intermediate_(layers.front().down.weight.size(1)),
      embedding_(tables) {
  for (const LayerParts& layer : layers) layers_.emplace_back(layer, arithmetic);
}

PreparedEncoder::PreparedEncoder(const Bert& bert, kernels::Format format)
    : PreparedEncoder({bert.words, bert.positions, bert.types, bert.norm, bert.pad_id},
                      {.heads = bert.layers.front().heads, .in_norm = {}}, parts_of(bert.layers),
                      arithmetic_of(format)) {}

PreparedEncoder::PreparedEncoder(const DistilBert& distilbert, kernels::Format format)
    : PreparedEncoder(
          {distilbert.words, distilbert.positions, {}, distilbert.norm, distilbert.pad_id},
          {.heads = distilbert.layers.front().heads, .in_norm = {}}, parts_of(distilbert.layers),
          arithmetic_of(format)) {}

PreparedEncoder::PreparedEncoder(const ModernBert& modernbert, kernels::Format format)
    : PreparedEncoder({modernbert.words, {}, {}, modernbert.norm, modernbert.pad_id},
                      {.residual = Residual::sums,
                       .kind = kernels::FeedForward::geglu,
                       .heads = modernbert.heads,
                       .in_norm = modernbert.layers.front().attention_norm},
                      parts_of(modernbert), arithmetic_of(format)) {}

at::Tensor PreparedEncoder::matrix(fused::Buffer& buffer, std::int64_t rows,
                                   std::int64_t columns) const {
  return buffer.matrix(rows, columns, type_of(arithmetic_.storage));
}

at::Tensor PreparedEncoder::stream(fused::Buffer& buffer, std::int64_t rows) const {
  if (settings_.residual == Residual::norms) return matrix(buffer, rows, hidden_);
  return buffer.matrix(rows, hidden_, at::kFloat);
}

at::Tensor PreparedEncoder::normed(std::int64_t rows) {
  return settings_.residual == Residual::norms ? stream(stream_, rows)
                                               : matrix(normed_, rows, hidden_);
}

void PreparedEncoder::make_tables() {
  std::int64_t longest = 0;
  for (std::size_t i = 1; i < starts_.size(); ++i)
    longest = std::max(longest, starts_[i] - starts_[i - 1]);
  if (settings_.residual == Residual::norms || longest <= table_rows_) return;
  table_rows_ = longest;
  tables_.clear();
  const at::Tensor positions = at::arange(longest, at::kLong);
  for (const PreparedLayer& layer : layers_) {
    const double theta = layer.attention.rope_theta;
    if (!tables_.contains(theta))
      tables_.emplace(theta, rotary_tables(positions, theta, hidden_ / settings_.heads));
  }
}

template <typename Work>
void PreparedEncoder::for_blocks(std::int64_t rows, const Work& work) {
  const BlockShape shape{.arithmetic = arithmetic_,
                         .residual = settings_.residual,
                         .kind = settings_.kind,
                         .rows = kBlockRows,
                         .hidden = hidden_,
                         .intermediate = intermediate_};
  while (std::ssize(blocks_) < at::get_num_threads()) blocks_.emplace_back(shape);
  const std::int64_t size = block_rows(rows);
  fused::hand_out((rows + size - 1) / size, [&](std::int64_t number, std::int64_t thread) {
    const std::int64_t first = number * size;
    work(blocks_[static_cast<std::size_t>(thread)], first, std::min(size, rows - first));
  });
}

void PreparedEncoder::begin(const TokenBatch& batch) {
  starts_ = batch.starts;
  firsts_ = at::tensor(at::ArrayRef<std::int64_t>(starts_.data(), starts_.size() - 1));
  make_tables();
  const bool has_positions = settings_.residual == Residual::norms;
  const at::Tensor in = stream(stream_, tokens());
  fused::Pass pass;
  pass.type = in.scalar_type();
  embedding_.forward(batch.ids, has_positions ? positions_of(batch) : at::Tensor(), pass, in);
  if (settings_.residual == Residual::norms) return;
  at::Tensor first_in = normed(tokens());
  first_in.copy_(settings_.in_norm(in));
}

void PreparedEncoder::Projection::operator()(RowBlock& block, std::int64_t first,
                                             std::int64_t rows) const {
  weight.product(rows, block.ready(rows, row_of(in, first), weight.features()), outputs,
                 row_of(out, first));
}

PreparedEncoder::Projection PreparedEncoder::projection_of(std::size_t layer) {
  const std::int64_t begin = gives_firsts(layer) ? hidden_ : 0;
  return {layers_[layer].projection,
          {begin, 3 * hidden_},
          normed(tokens()),
          matrix(projected_, tokens(), 3 * hidden_ - begin)};
}

void PreparedEncoder::take_firsts() {
  const std::int64_t sequences = firsts_.numel();
  at::Tensor first_stream = stream(first_stream_, sequences);
  at::index_select_out(first_stream, stream(stream_, tokens()), 0, firsts_);
  at::Tensor first_normed = matrix(first_normed_, sequences, hidden_);
  at::index_select_out(first_normed, normed(tokens()), 0, firsts_);
  for_blocks(sequences, Projection{layers_.back().projection,
                                   {0, hidden_},
                                   first_normed,
                                   matrix(queries_, sequences, hidden_)});
}

void PreparedEncoder::attend(std::size_t layer) {
  const bool firsts = gives_firsts(layer);
  const fused::AttentionPlace place{.storage = arithmetic_.storage,
                                    .heads = settings_.heads,
                                    .head_dim = hidden_ / settings_.heads,
                                    .reach = layers_[layer].attention.reach,
                                    .starts = starts_,
                                    .first_only = firsts};
  const at::Tensor projected = matrix(projected_, tokens(), (firsts ? 2 : 3) * hidden_);
  fused::AttentionData data;
  data.query =
      fused::heads_from(firsts ? matrix(queries_, place.query_rows(), hidden_) : projected, 0);
  data.key = fused::heads_from(projected, firsts ? 0 : hidden_);
  data.value = fused::heads_from(projected, firsts ? hidden_ : 2 * hidden_);
  data.bias = layers_[layer].projection.bias();
  if (settings_.residual == Residual::sums) {
    const RotaryTables& tables = tables_.at(layers_[layer].attention.rope_theta);
    data.cosines = tables.cosine.const_data_ptr<float>();
    data.sines = tables.sine.const_data_ptr<float>();
  }
  data.context = fused::heads_from(matrix(context_, place.query_rows(), hidden_), 0);
  data.log_sums = log_sums_.matrix(place.heads, place.query_rows(), at::kFloat).data_ptr<float>();
  attention_.forward(place, data);
}

at::Tensor PreparedEncoder::rows(const TokenBatch& batch, bool first_only) {
  first_only_ = first_only;
  begin(batch);
  for_blocks(tokens(), projection_of(0));
  at::Tensor out;
  for (std::size_t layer = 0; layer < layers_.size(); ++layer) {
    const bool firsts = gives_firsts(layer);
    if (firsts) take_firsts();
    attend(layer);
    const std::int64_t all = firsts ? firsts_.numel() : tokens();
    const at::Tensor stream_now = stream(firsts ? first_stream_ : stream_, all);
    out = firsts && settings_.residual == Residual::sums ? matrix(first_normed_, all, hidden_)
          : firsts                                       ? stream_now
                                                         : normed(all);
    const at::Tensor context = matrix(context_, all, hidden_);
    const bool is_last = layer + 1 == layers_.size();
    const Projection next = projection_of(is_last ? layer : layer + 1);
    for_blocks(all, [&](RowBlock& block, std::int64_t first, std::int64_t rows) {
      block.advance(layers_[layer], {.rows = rows,
                                     .context = row_of(context, first),
                                     .stream = row_of(stream_now, first),
                                     .normed = row_of(out, first)});
      if (!is_last) next(block, first, rows);
    });
  }
  // A copy: this memory is used again.
  return out.to(at::kFloat, false, true);
}

}  // namespace turngreen::model::prepared
