#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <span>
#include <vector>

#include "turngreen/engine/data/examples.h"

namespace turngreen::model {

enum class Layout : std::uint8_t {
  padded,  ///< [sequences, tokens], filled up at the right
  packed,  ///< [tokens of all], head to tail: no pad token is ever computed
};

/// Sequences as a model takes them, at least one, each of one token or more.
struct TokenBatch {
  Layout layout = Layout::padded;
  at::Tensor ids;   ///< int64: padded [sequences, tokens], packed [tokens of all]
  at::Tensor mask;  ///< bool [sequences, tokens], true for real tokens; undefined where packed
  /// [sequences + 1] prefix sums of the lengths, whatever the layout.
  std::vector<std::int64_t> starts = {0};

  std::int64_t sequences() const { return static_cast<std::int64_t>(starts.size()) - 1; }
  std::int64_t length_of(std::int64_t sequence) const {
    const auto i = static_cast<std::size_t>(sequence);
    return starts[i + 1] - starts[i];
  }
  std::int64_t real_tokens() const { return starts.back(); }
  std::int64_t computed_tokens() const { return ids.numel(); }
};

struct BatchOptions {
  Layout layout = Layout::padded;
  std::int64_t pad_id = 0;
  /// Padded batches are this long at least (padding to max_length); 0: as long as the longest.
  std::int64_t pad_to = 0;
  at::Device device = at::kCPU;
};

/// `chosen` examples in that order, at least one. An example without tokens becomes one pad token,
/// as nothing can be attended to in an empty sequence.
TokenBatch make_batch(const data::Examples& examples, std::span<const std::int64_t> chosen,
                      const BatchOptions& options);

/// Of each computed token in its sequence, from 0: int64 [computed tokens], on the batch's device.
at::Tensor positions_of(const TokenBatch& batch);

}  // namespace turngreen::model
