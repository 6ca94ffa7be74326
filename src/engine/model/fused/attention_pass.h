#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "kernels/kernel_set.h"

namespace turngreen::model::fused {

/// A matrix of all heads side by side: head h is columns [h * head_dim, (h + 1) * head_dim).
struct Heads {
  void* data = nullptr;
  std::int64_t stride = 0;  ///< elements from one row to the next
};

/// Those that begin at this column of a matrix [rows, columns].
Heads heads_from(const at::Tensor& matrix, std::int64_t column);

/// What attention is over: packed sequences, of each of which all tokens attend, or the first
/// alone.
struct AttentionPlace {
  kernels::Storage storage = kernels::Storage::f32;
  std::int64_t heads = 0;
  std::int64_t head_dim = 0;
  std::optional<std::int64_t> reach;
  std::span<const std::int64_t> starts;  ///< [sequences + 1]
  bool first_only = false;               ///< queries are [sequences, ...], else [tokens, ...]

  std::int64_t sequences() const { return std::ssize(starts) - 1; }
  std::int64_t query_rows() const { return first_only ? sequences() : starts.back(); }
};

struct AttentionData {
  Heads query;
  Heads key;
  Heads value;
  const float* bias = nullptr;     ///< [3 * heads * head_dim]: of queries, keys, values; null: none
  const float* cosines = nullptr;  ///< [longest, head_dim / 2]; null: no rotation
  const float* sines = nullptr;
  double dropout = 0;
  std::uint64_t seed = 0;
  Heads context;
  float* log_sums = nullptr;  ///< [heads, query rows]
};

struct AttentionGradients {
  Heads context;
  Heads query;
  Heads key;
  Heads value;
};

/// Attends every head of every sequence, shared out among libtorch's threads. Keeps what it needs
/// to work in.
class AttentionPass {
 public:
  void forward(const AttentionPlace& place, const AttentionData& data);
  void backward(const AttentionPlace& place, const AttentionData& data,
                const AttentionGradients& gradients);

 private:
  /// The longest sequences first, so that no thread is left with one at the end.
  void order(const AttentionPlace& place);
  char* scratch_of(std::int64_t thread) {
    return scratch_[static_cast<std::size_t>(thread)].data();
  }

  std::vector<std::int64_t> order_;
  std::vector<std::vector<char>> scratch_;
};

}  // namespace turngreen::model::fused
