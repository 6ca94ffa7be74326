#pragma once

#include <cstdint>
#include <optional>

#include "model/token_batch.h"
#include "turngreen/engine/checkpoint/architecture.h"

namespace turngreen::model {

/// Floating point operations: a multiplication and an addition for each pair of factors of a
/// matrix product. What is done element by element is under a hundredth of it, and not counted.
struct FlopCount {
  std::int64_t forward = 0;
  /// Twice the forward: each product has two factors whose gradients are products of the same
  /// size. What a fused kernel computes a second time is not counted.
  std::int64_t backward = 0;

  friend bool operator==(const FlopCount&, const FlopCount&) = default;
};

/// Those that are done for this batch, for pad tokens and for scores that a mask hides included
/// (docs/engine-models.md has the formula). `outputs` of the head; absent: hidden states only.
FlopCount executed_flops(const checkpoint::Architecture& architecture,
                         std::optional<std::int64_t> outputs, const TokenBatch& batch);

/// Those of real tokens, and of the keys that each of them sees.
FlopCount useful_flops(const checkpoint::Architecture& architecture,
                       std::optional<std::int64_t> outputs, const TokenBatch& batch);

}  // namespace turngreen::model
