#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <span>
#include <vector>

#include "model/fused/activation_pass.h"
#include "model/fused/attention_pass.h"
#include "model/fused/embedding_pass.h"
#include "model/fused/weight.h"
#include "model/post_norm_layer.h"
#include "model/shadow.h"
#include "model/token_batch.h"

namespace turngreen::model::fused {

/// The encoder of BERT and DistilBERT, forward and backward over packed sequences, in memory that
/// is kept from step to step; each activation is written and read once between two matrix products.
/// Same mathematics as encode() in bert.h, which is its oracle.
///
/// Where only the first token of each sequence is asked for, as a classifier does, the last layer
/// computes nothing else than keys and values for the others.
class PostNormStack {
 public:
  PostNormStack(EmbeddingTables tables, std::span<const PostNormLayer> layers);

  /// [tokens, hidden], or [sequences, hidden] of first tokens, in the pass's type. Valid until the
  /// next call.
  at::Tensor forward(const TokenBatch& batch, const Pass& pass);
  /// From the gradient of what the last forward() gave, in the pass's type; adds to the gradients
  /// of all parameters.
  void backward(const at::Tensor& gradient);

  /// As FusedEncoder's.
  std::vector<Shadow> shadows() const;

 private:
  struct Layer {
    explicit Layer(const PostNormLayer& layer);

    PostNormLayer weights;
    Weight projection;
    Weight attended;
    Weight up;
    Weight down;
    NormWeights attention_norm;
    NormWeights output_norm;
  };

  /// What a layer's backward pass needs of its forward pass.
  struct Kept {
    Buffer projected;   ///< [tokens, 3 * hidden], or keys and values alone [tokens, 2 * hidden]
    Buffer queries;     ///< [sequences, hidden], where only first tokens attend
    Buffer first_in;    ///< likewise: what came in
    Buffer context;     ///< [queries, hidden]
    Buffer log_sums;    ///< [heads, queries]
    Buffer middle_sum;  ///< [queries, hidden]
    NormStatistics middle_statistics;
    Buffer middle;
    Buffer up;  ///< [queries, intermediate], before the activation
    Buffer activated;
    Buffer out_sum;  ///< [queries, hidden]
    NormStatistics out_statistics;
    Buffer out;
  };

  /// The gradient of a layer's output, in two parts that are yet to be added.
  struct OutGradient {
    at::Tensor main;
    at::Tensor added;  ///< undefined: none
  };

  bool first_only(std::size_t layer) const {
    return pass_.first_only && layer + 1 == layers_.size();
  }
  Kept& kept(std::size_t layer) { return kept_[pass_.keeps ? layer : layer % 2]; }
  AttentionPlace place_of(std::size_t layer) const;
  AttentionData attention_data(std::size_t layer);
  NormData middle_norm(std::size_t layer, const at::Tensor& in);
  NormData out_norm(std::size_t layer);
  at::Tensor input_of(std::size_t layer);  ///< [tokens, hidden]
  at::Tensor matrix(Buffer& buffer, std::int64_t rows, std::int64_t columns) {
    return buffer.matrix(rows, columns, pass_.type);
  }
  std::uint32_t seed_of(std::size_t layer, std::uint64_t place) const {
    return mixed(pass_.seed, layer * 4 + place);
  }

  at::Tensor forward_layer(std::size_t layer, const at::Tensor& x);
  OutGradient backward_layer(std::size_t layer, const OutGradient& gradient);
  OutGradient backward_attention(std::size_t layer, const at::Tensor& context_gradient,
                                 const at::Tensor& sum_gradient);

  EmbeddingPass embedding_;
  std::vector<Layer> layers_;
  std::int64_t hidden_;
  std::int64_t intermediate_;
  Pass pass_;
  at::Tensor ids_;
  at::Tensor positions_;
  at::Tensor firsts_;  ///< int64 [sequences]
  std::vector<std::int64_t> starts_;

  Buffer embedded_;
  std::vector<Kept> kept_;
  Buffer sum_gradient_[2];
  Buffer branch_gradient_;
  Buffer wide_gradient_;
  Buffer middle_gradient_;
  Buffer context_gradient_;
  Buffer projected_gradient_;
  Buffer query_gradient_;
  Buffer in_gradient_;
  Buffer product_;
  AttentionPass attention_;
  ThreadSums sums_;
};

}  // namespace turngreen::model::fused
