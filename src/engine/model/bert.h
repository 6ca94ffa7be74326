#pragma once

#include <ATen/core/Tensor.h>

#include <optional>
#include <vector>

#include "model/forward_pass.h"
#include "model/parameter_loader.h"
#include "model/post_norm_layer.h"
#include "model/table_rows.h"

namespace turngreen::model {

/// BERT (Devlin et al. 2018, https://arxiv.org/abs/1810.04805), of which MiniLM is a small one.
struct Bert {
  static constexpr const char* kPrefix = "bert.";
  static constexpr const char* kLayers = "encoder.layer.";  ///< before the number of one

  struct Head {
    Linear pooler;
    Linear classifier;
  };

  std::optional<std::int64_t> pad_id;
  at::Tensor words;      ///< [vocabulary, hidden]
  at::Tensor positions;  ///< [max_positions, hidden]
  at::Tensor types;      ///< [token_types, hidden]; every token here is of type 0
  LayerNorm norm;
  std::vector<PostNormLayer> layers;
  std::optional<Head> head;
};

/// `outputs` of the head; absent: an encoder without.
Bert load_bert(ParameterLoader& loader, const checkpoint::Architecture& architecture,
               std::optional<std::int64_t> outputs);

/// What encode() reads of its embedding tables.
std::vector<TableRows> rows_read(const Bert& bert, const TokenBatch& batch);

/// [rows, hidden]
at::Tensor encode(const Bert& bert, const ForwardPass& pass);

/// [sequences, outputs] from hidden states in the batch's layout; there must be a head.
at::Tensor classify(const Bert& bert, const at::Tensor& hidden, const TokenBatch& batch,
                    const ForwardPass& pass);

}  // namespace turngreen::model
