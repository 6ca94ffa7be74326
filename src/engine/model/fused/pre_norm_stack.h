#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <map>
#include <vector>

#include "model/fused/activation_pass.h"
#include "model/fused/attention_pass.h"
#include "model/fused/embedding_pass.h"
#include "model/fused/weight.h"
#include "model/modernbert.h"
#include "model/rotary_embedding.h"
#include "model/shadow.h"
#include "model/token_batch.h"

namespace turngreen::model::fused {

/// The encoder of ModernBERT, as PostNormStack is BERT's. The stream that runs through the residual
/// connections stays in fp32: the many layers' small contributions would be lost in bf16.
class PreNormStack {
 public:
  explicit PreNormStack(const ModernBert& modernbert);

  /// As PostNormStack's.
  at::Tensor forward(const TokenBatch& batch, const Pass& pass);
  void backward(const at::Tensor& gradient);

  /// As FusedEncoder's.
  std::vector<Shadow> shadows() const;

 private:
  struct Layer {
    explicit Layer(const PreNormLayer& layer);

    PreNormLayer weights;
    Weight projection;
    Weight attended;
    Weight up;
    Weight down;
    NormWeights attention_norm;
    NormWeights mlp_norm;
  };

  /// What a layer's backward pass needs of its forward pass. `stream` is what comes in,
  /// `middle_stream` what lies between attention and feed-forward.
  struct Kept {
    Buffer stream;  ///< [tokens, hidden]
    NormStatistics statistics;
    Buffer normed;         ///< [tokens, hidden]
    Buffer projected;      ///< [tokens, 3 * hidden], or keys and values alone [tokens, 2 * hidden]
    Buffer first_normed;   ///< [sequences, hidden], where only first tokens attend
    Buffer queries;        ///< likewise
    Buffer context;        ///< [queries, hidden]
    Buffer log_sums;       ///< [heads, queries]
    Buffer middle_stream;  ///< [queries, hidden]
    NormStatistics middle_statistics;
    Buffer middle;
    Buffer up;         ///< [queries, 2 * intermediate]
    Buffer activated;  ///< [queries, intermediate]
  };

  bool first_only(std::size_t layer) const {
    return pass_.first_only && layer + 1 == layers_.size();
  }
  Kept& kept(std::size_t layer) { return kept_[pass_.keeps ? layer : layer % 2]; }
  AttentionPlace place_of(std::size_t layer) const;
  AttentionData attention_data(std::size_t layer);
  FeedForwardActivation activation_of(std::size_t layer) const;
  at::Tensor matrix(Buffer& buffer, std::int64_t rows, std::int64_t columns) {
    return buffer.matrix(rows, columns, pass_.type);
  }
  at::Tensor stream(Buffer& buffer, std::int64_t rows) {
    return buffer.matrix(rows, hidden_, at::kFloat);
  }
  std::uint32_t seed_of(std::size_t layer, std::uint64_t place) const {
    return mixed(pass_.seed, layer * 4 + place);
  }
  std::int64_t tokens() const { return starts_.back(); }
  /// Those that leave the last layer.
  std::int64_t out_rows() const { return place_of(layers_.size() - 1).query_rows(); }

  /// The norms, with what is added to the stream before each. The first layer has none before its
  /// attention.
  NormData in_norm(std::size_t layer);
  NormData middle_norm(std::size_t layer);
  NormData final_norm();
  void make_tables();

  void forward_layer(std::size_t layer);
  /// From the gradient of the stream that leaves the layer (fp32, and in the pass's type in
  /// branch_gradient_) to that of the stream that came in.
  at::Tensor backward_layer(std::size_t layer, const at::Tensor& stream_gradient);
  /// To the gradient of what the projection took; [tokens, hidden].
  at::Tensor backward_attention(std::size_t layer, const at::Tensor& attended_gradient);

  EmbeddingPass embedding_;
  std::vector<Layer> layers_;
  NormWeights final_norm_;
  std::int64_t heads_;
  std::int64_t hidden_;
  std::int64_t intermediate_;
  Pass pass_;
  at::Tensor ids_;
  at::Tensor firsts_;  ///< int64 [sequences]
  std::vector<std::int64_t> starts_;
  std::map<double, RotaryTables> tables_;  ///< by theta
  std::int64_t table_rows_ = 0;            ///< positions that the tables reach to

  std::vector<Kept> kept_;
  Buffer branch_;  ///< what is about to be added to the stream
  Buffer first_stream_;
  Buffer final_stream_;
  NormStatistics final_statistics_;
  Buffer out_;
  Buffer stream_gradient_[2];
  Buffer branch_gradient_;
  Buffer attended_gradient_;
  Buffer activated_gradient_;
  Buffer up_gradient_;
  Buffer middle_gradient_;
  Buffer context_gradient_;
  Buffer projected_gradient_;
  Buffer query_gradient_;
  Buffer normed_gradient_;
  Buffer product_;
  AttentionPass attention_;
  ThreadSums sums_;
};

}  // namespace turngreen::model::fused
