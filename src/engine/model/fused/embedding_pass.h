#pragma once

#include <ATen/core/Tensor.h>

#include <optional>

#include "model/fused/buffer.h"
#include "model/fused/compute.h"
#include "model/fused/norm_pass.h"
#include "model/fused/row_gradients.h"

namespace turngreen::model::fused {

/// From token ids to the first layer's input: the sum of embeddings (in fp32), a norm, dropout.
struct EmbeddingTables {
  at::Tensor words;      ///< [vocabulary, hidden]
  at::Tensor positions;  ///< [max_positions, hidden]; undefined: none
  at::Tensor types;      ///< [token_types, hidden], of which row 0 is taken; undefined: none
  LayerNorm norm;
  std::optional<std::int64_t> pad_id;  ///< whose row gets no gradient, as in the reference
};

class EmbeddingPass {
 public:
  explicit EmbeddingPass(const EmbeddingTables& tables)
      : tables_(tables),
        words_(tables.words),
        positions_(tables.positions),
        types_(tables.types),
        word_rows_(tables.words),
        position_rows_(tables.positions),
        norm_(tables.norm) {}

  /// `ids` and `positions`: int64 [tokens], which the backward pass takes again. To [tokens,
  /// hidden].
  void forward(const at::Tensor& ids, const at::Tensor& positions, const Pass& pass,
               const at::Tensor& out);
  void backward(const at::Tensor& ids, const at::Tensor& positions, const Pass& pass,
                const NormGradients& gradients, ThreadSums& sums);

 private:
  NormData data_of(std::int64_t tokens, const Pass& pass, const at::Tensor& out);

  EmbeddingTables tables_;
  GradientSlot words_;
  GradientSlot positions_;
  GradientSlot types_;
  RowGradients word_rows_;
  RowGradients position_rows_;
  NormWeights norm_;
  Buffer sum_;
  Buffer gradient_;
  Buffer added_;
  NormStatistics statistics_;
};

}  // namespace turngreen::model::fused
