#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "model/bert.h"
#include "model/distilbert.h"
#include "model/fused/attention_pass.h"
#include "model/fused/embedding_pass.h"
#include "model/modernbert.h"
#include "model/prepared/row_block.h"
#include "model/rotary_embedding.h"
#include "model/token_batch.h"

namespace turngreen::model::prepared {

/// An encoder made ready to answer: a copy of the weights of its products, laid out as the kernels
/// read them, and no more than its forward pass over packed sequences. Between two attentions each
/// thread takes blocks of rows through all that lies there, in its own caches.
///
/// A sequence's results depend on nothing else in the batch: every sum is taken in the same order
/// wherever a row lies. One batch at a time; fused::check_fused says which encoders it takes.
class PreparedEncoder {
 public:
  PreparedEncoder(const Bert& bert, kernels::Format format);
  PreparedEncoder(const DistilBert& distilbert, kernels::Format format);
  PreparedEncoder(const ModernBert& modernbert, kernels::Format format);

  /// Hidden states of every token [tokens, hidden], or of the first of each sequence
  /// [sequences, hidden]; fp32.
  at::Tensor rows(const TokenBatch& batch, bool first_only);

 private:
  struct Settings {
    Residual residual = Residual::norms;
    kernels::FeedForward kind = kernels::FeedForward::gelu;
    std::int64_t heads = 0;
    LayerNorm in_norm;  ///< before the first layer; without a weight: none
  };
  PreparedEncoder(const fused::EmbeddingTables& tables, const Settings& settings,
                  std::span<const LayerParts> layers, const Arithmetic& arithmetic);

  /// Calls `work(block, first row, rows)` for blocks of all of `rows`, shared out among threads.
  template <typename Work>
  void for_blocks(std::int64_t rows, const Work& work);
  std::int64_t tokens() const { return starts_.back(); }
  bool gives_firsts(std::size_t layer) const { return first_only_ && layer + 1 == layers_.size(); }
  at::Tensor matrix(fused::Buffer& buffer, std::int64_t rows, std::int64_t columns) const;
  at::Tensor stream(fused::Buffer& buffer, std::int64_t rows) const;
  at::Tensor normed(std::int64_t rows);
  void make_tables();

  void begin(const TokenBatch& batch);
  /// What a layer's attention takes, from the layer's input, block by block.
  struct Projection {
    const PreparedWeight& weight;
    PreparedWeight::Outputs outputs;
    at::Tensor in;
    at::Tensor out;
    void operator()(RowBlock& block, std::int64_t first, std::int64_t rows) const;
  };
  /// Queries, keys and values; keys and values alone where only first tokens attend.
  Projection projection_of(std::size_t layer);
  void attend(std::size_t layer);
  /// What first tokens alone go on with: their rows of the stream, and their queries.
  void take_firsts();

  Arithmetic arithmetic_;
  Settings settings_;
  std::int64_t hidden_;
  std::int64_t intermediate_;
  std::vector<PreparedLayer> layers_;
  fused::EmbeddingPass embedding_;
  std::map<double, RotaryTables> tables_;  ///< by theta
  std::int64_t table_rows_ = 0;            ///< positions that the tables reach to

  bool first_only_ = false;
  std::vector<std::int64_t> starts_;
  at::Tensor firsts_;  ///< int64 [sequences]
  fused::Buffer stream_;
  fused::Buffer normed_;
  fused::Buffer projected_;  ///< [tokens, 3 * hidden], or keys and values [tokens, 2 * hidden]
  fused::Buffer context_;
  fused::Buffer log_sums_;
  fused::Buffer first_stream_;  ///< [sequences, hidden]
  fused::Buffer first_normed_;  ///< likewise
  fused::Buffer queries_;       ///< likewise
  fused::AttentionPass attention_;
  std::vector<RowBlock> blocks_;  ///< one for each thread
};

}  // namespace turngreen::model::prepared
