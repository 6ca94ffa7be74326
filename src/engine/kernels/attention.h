#pragma once

#include <cstdint>

#include "kernels/storage.h"

namespace turngreen::kernels {

/// Attention of one head over one sequence, in tiles that fit the caches: no [tokens, tokens]
/// buffer (FlashAttention, Dao et al. 2022). The exponentials of the forward pass are computed
/// again in the backward pass from their logarithmic sums.
struct AttentionShape {
  Storage storage = Storage::f32;
  std::int64_t tokens = 0;    ///< of the sequence
  std::int64_t queries = 0;   ///< the first ones that attend: all tokens, or 1 where only the first
                              ///< one's result is used
  std::int64_t head_dim = 0;  ///< features; even
  std::int64_t reach = -1;    ///< keys at most this far on either side are seen; negative: all
  float scale = 1;            ///< of the products of queries and keys
};

/// Rows of `head_dim` elements of the shape's storage, `stride` elements apart.
struct HeadRows {
  const void* data = nullptr;
  std::int64_t stride = 0;
};
struct HeadRowsOut {
  void* data = nullptr;
  std::int64_t stride = 0;
};

struct AttentionInputs {
  HeadRows query;  ///< [queries, head_dim], before bias and rotation
  HeadRows key;    ///< [tokens, head_dim]
  HeadRows value;  ///< [tokens, head_dim]
  /// [head_dim] each, added first; null: none.
  const float* query_bias = nullptr;
  const float* key_bias = nullptr;
  const float* value_bias = nullptr;
  /// [tokens, head_dim / 2] each: the rotary embedding of queries and keys (rotate-half); null:
  /// none.
  const float* cosines = nullptr;
  const float* sines = nullptr;
  Dropout dropout =
      {};  ///< of attention weights; the place is query * tokens rounded up to even + key
};

struct AttentionForward {
  AttentionInputs in;
  HeadRowsOut context;        ///< [queries, head_dim]
  float* log_sums = nullptr;  ///< [queries]: the logarithm of each query's sum of exponentials
};

struct AttentionBackward {
  AttentionInputs in;
  HeadRows context;                 ///< as the forward pass gave it
  const float* log_sums = nullptr;  ///< likewise
  HeadRows context_gradient;        ///< [queries, head_dim]
  HeadRowsOut query_gradient;       ///< [queries, head_dim], of what came before bias and rotation
  HeadRowsOut key_gradient;         ///< [tokens, head_dim]
  HeadRowsOut value_gradient;       ///< [tokens, head_dim]
};

}  // namespace turngreen::kernels
