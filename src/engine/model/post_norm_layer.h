#pragma once

#include <ATen/core/Tensor.h>

#include "model/forward_pass.h"
#include "model/layer_norm.h"
#include "model/linear.h"
#include "turngreen/engine/checkpoint/architecture.h"

namespace turngreen::model {

/// A layer of BERT and DistilBERT: a norm after each sum.
struct PostNormLayer {
  checkpoint::LayerAttention attention;
  std::int64_t heads = 0;
  checkpoint::Activation activation = checkpoint::Activation::gelu;
  bool drops_attended = true;  ///< whether there is dropout before the first sum
  Linear projection;           ///< [3 * hidden, hidden]: queries, keys, values
  Linear attended;             ///< [hidden, hidden]
  LayerNorm attention_norm;
  Linear up;    ///< [intermediate, hidden]
  Linear down;  ///< [hidden, intermediate]
  LayerNorm output_norm;
};

/// [rows, hidden] to the same
at::Tensor forward(const PostNormLayer& layer, const at::Tensor& x, const ForwardPass& pass);

}  // namespace turngreen::model
