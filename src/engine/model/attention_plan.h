#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "model/token_batch.h"
#include "turngreen/engine/checkpoint/architecture.h"

namespace turngreen::model {

/// Sequences of one length that lie one after the other, so that they are attended as one batch. A
/// padded batch is one run.
struct AttentionRun {
  std::int64_t sequences = 0;
  std::int64_t length = 0;  ///< tokens of each, pad tokens included

  std::int64_t rows() const { return sequences * length; }
  friend bool operator==(const AttentionRun&, const AttentionRun&) = default;
};

/// Which tokens of a batch see which: the same for all layers, so made once.
class AttentionPlan {
 public:
  /// `layers`: those that will ask for masks.
  AttentionPlan(const TokenBatch& batch, std::span<const checkpoint::LayerAttention> layers);

  const std::vector<AttentionRun>& runs() const { return runs_; }
  /// What is added to the scores of this run's attention: 0 or minus infinity, fp32, broadcasts to
  /// [sequences, heads, length, length]. Undefined where every token sees every other.
  at::Tensor mask(const AttentionRun& run, std::optional<std::int64_t> reach) const;

 private:
  std::vector<AttentionRun> runs_;
  /// By reach: [1 or sequences, 1, longest, longest], of which shorter runs take the corner.
  std::map<std::int64_t, at::Tensor> windows_;
  at::Tensor padding_;  ///< [sequences, 1, 1, tokens]; undefined: no pad tokens
};

/// bool [length, length]: which keys (columns) a query (row) sees when it reaches this far to
/// either side, inclusive.
at::Tensor window(std::int64_t length, std::int64_t reach, at::Device device);

}  // namespace turngreen::model
