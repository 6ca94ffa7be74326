#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <optional>

#include "model/attention_plan.h"

namespace turngreen::model {

/// How attention is computed. A packed batch is attended sequence by sequence in either.
enum class AttentionKernel : std::uint8_t {
  eager,  ///< scores, softmax and product one after the other: the oracle
  sdpa,   ///< libtorch's scaled_dot_product_attention
};

struct AttentionInputs {
  at::Tensor queries;  ///< [rows, heads, head_dim]
  at::Tensor keys;     ///< likewise
  at::Tensor values;   ///< likewise
};

struct AttentionSettings {
  AttentionKernel kernel = AttentionKernel::sdpa;
  std::optional<std::int64_t> reach;  ///< as LayerAttention's
  double dropout = 0;                 ///< of attention weights
};

/// softmax(Q K^T / sqrt(head_dim) + mask) V of each sequence and head (Vaswani et al. 2017,
/// https://arxiv.org/abs/1706.03762): [rows, heads * head_dim].
at::Tensor attend(const AttentionInputs& inputs, const AttentionPlan& plan,
                  const AttentionSettings& settings);

/// [rows, 3 * hidden], queries before keys before values, as one product gives them.
AttentionInputs split_heads(const at::Tensor& projected, std::int64_t heads);

}  // namespace turngreen::model
