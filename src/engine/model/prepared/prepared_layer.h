#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

#include "model/layer_norm.h"
#include "model/prepared/prepared_weight.h"
#include "turngreen/engine/checkpoint/architecture.h"

namespace turngreen::model::prepared {

/// A layer of either kind of encoder, as a prepared one computes it: what follows the attention,
/// and the norm that gives the next layer's input.
struct LayerParts {
  checkpoint::LayerAttention attention;
  Linear projection;  ///< [3 * hidden, hidden]: queries, keys, values
  Linear attended;    ///< [hidden, hidden]
  LayerNorm middle_norm;
  Linear up;    ///< [intermediate, hidden], GeGLU [2 * intermediate, hidden]
  Linear down;  ///< [hidden, intermediate]
  LayerNorm out_norm;
};

struct PreparedLayer {
  PreparedLayer(const LayerParts& parts, const Arithmetic& arithmetic)
      : attention(parts.attention),
        projection(parts.projection, arithmetic),
        attended(parts.attended, arithmetic),
        middle_norm(parts.middle_norm),
        up(parts.up, arithmetic),
        down(parts.down, arithmetic),
        out_norm(parts.out_norm) {}

  checkpoint::LayerAttention attention;
  PreparedWeight projection;
  PreparedWeight attended;
  LayerNorm middle_norm;
  PreparedWeight up;
  PreparedWeight down;
  LayerNorm out_norm;
};

}  // namespace turngreen::model::prepared
