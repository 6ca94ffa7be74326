#pragma once

#include <ATen/core/Tensor.h>

#include "model/token_batch.h"

namespace turngreen::model {

/// Hidden states here are padded [sequences, tokens, hidden] or packed [tokens of all, hidden].

/// Of each sequence's first token: [sequences, hidden].
at::Tensor first_tokens(const at::Tensor& hidden, const TokenBatch& batch);

/// The mean of each sequence's hidden states over its real tokens: [sequences, hidden], as
/// sentence-transformers pools.
at::Tensor mean_pooled(const at::Tensor& hidden, const TokenBatch& batch);

}  // namespace turngreen::model
