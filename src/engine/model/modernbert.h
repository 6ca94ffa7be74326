#pragma once

#include <ATen/core/Tensor.h>

#include <optional>
#include <vector>

#include "model/forward_pass.h"
#include "model/parameter_loader.h"
#include "model/table_rows.h"

namespace turngreen::model {

/// A layer of ModernBERT: a norm before each part, none before the first layer's attention.
struct PreNormLayer {
  checkpoint::LayerAttention attention;
  LayerNorm attention_norm;
  Linear projection;  ///< [3 * hidden, hidden]: queries, keys, values
  Linear attended;    ///< [hidden, hidden]
  LayerNorm mlp_norm;
  Linear up;    ///< [2 * intermediate, hidden]: what is activated, then its gate
  Linear down;  ///< [hidden, intermediate]
};

/// ModernBERT (Warner et al. 2024, https://arxiv.org/abs/2412.13663): rotary positions, attention
/// to all tokens in some layers and to near ones in the others, gated feed-forward (GeGLU).
struct ModernBert {
  static constexpr const char* kPrefix = "model.";
  static constexpr const char* kLayers = "layers.";  ///< before the number of one

  struct Head {
    Linear dense;
    LayerNorm norm;
    Linear classifier;
  };

  std::int64_t heads = 0;
  std::int64_t head_dim = 0;
  checkpoint::Activation activation = checkpoint::Activation::gelu;
  checkpoint::Activation classifier_activation = checkpoint::Activation::gelu;
  checkpoint::Pooling pooling = checkpoint::Pooling::cls;
  std::optional<std::int64_t> pad_id;
  at::Tensor words;  ///< [vocabulary, hidden]
  LayerNorm norm;
  std::vector<PreNormLayer> layers;
  LayerNorm final_norm;
  std::optional<Head> head;
};

/// `outputs` of the head; absent: an encoder without.
ModernBert load_modernbert(ParameterLoader& loader, const checkpoint::Architecture& architecture,
                           std::optional<std::int64_t> outputs);

/// What encode() reads of its embedding tables.
std::vector<TableRows> rows_read(const ModernBert& modernbert, const TokenBatch& batch);

/// [rows, hidden]
at::Tensor encode(const ModernBert& modernbert, const ForwardPass& pass);

/// [sequences, outputs] from hidden states in the batch's layout; there must be a head.
at::Tensor classify(const ModernBert& modernbert, const at::Tensor& hidden, const TokenBatch& batch,
                    const ForwardPass& pass);

}  // namespace turngreen::model
