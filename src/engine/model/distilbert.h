#pragma once

#include <ATen/core/Tensor.h>

#include <optional>
#include <vector>

#include "model/forward_pass.h"
#include "model/parameter_loader.h"
#include "model/post_norm_layer.h"
#include "model/table_rows.h"

namespace turngreen::model {

/// DistilBERT (Sanh et al. 2019, https://arxiv.org/abs/1910.01108): BERT without token types,
/// pooler, and dropout after attention.
struct DistilBert {
  static constexpr const char* kPrefix = "distilbert.";
  static constexpr const char* kLayers = "transformer.layer.";  ///< before the number of one

  struct Head {
    Linear dense;
    Linear classifier;
  };

  std::optional<std::int64_t> pad_id;
  at::Tensor words;      ///< [vocabulary, hidden]
  at::Tensor positions;  ///< [max_positions, hidden]
  LayerNorm norm;
  std::vector<PostNormLayer> layers;
  std::optional<Head> head;
};

/// `outputs` of the head; absent: an encoder without.
DistilBert load_distilbert(ParameterLoader& loader, const checkpoint::Architecture& architecture,
                           std::optional<std::int64_t> outputs);

/// What encode() reads of its embedding tables.
std::vector<TableRows> rows_read(const DistilBert& distilbert, const TokenBatch& batch);

/// [rows, hidden]
at::Tensor encode(const DistilBert& distilbert, const ForwardPass& pass);

/// [sequences, outputs] from hidden states in the batch's layout; there must be a head.
at::Tensor classify(const DistilBert& distilbert, const at::Tensor& hidden, const TokenBatch& batch,
                    const ForwardPass& pass);

}  // namespace turngreen::model
