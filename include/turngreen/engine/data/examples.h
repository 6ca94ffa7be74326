#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace turngreen::data {

/// Tokenized texts with their labels, head to tail. Plain data: whoever batches them pads or packs.
struct Examples {
  std::vector<std::int32_t> ids;  ///< [tokens of all], truncated, special tokens included
  std::vector<std::int64_t> starts = {
      0};                           ///< [examples + 1]: example i is ids[starts[i], starts[i + 1])
  std::vector<std::uint64_t> rows;  ///< [examples]: the row of the file that each came from
  /// [examples] for single-label problems: class ids. Empty elsewhere, or where there are no
  /// labels.
  std::vector<std::int64_t> classes;
  /// [examples, outputs] for multi-label problems (0 or 1) and regression. Empty elsewhere.
  std::vector<float> targets;

  std::int64_t size() const { return static_cast<std::int64_t>(starts.size()) - 1; }
  std::span<const std::int32_t> ids_of(std::int64_t example) const {
    const auto begin = static_cast<std::size_t>(starts[static_cast<std::size_t>(example)]);
    const auto end = static_cast<std::size_t>(starts[static_cast<std::size_t>(example) + 1]);
    return std::span(ids).subspan(begin, end - begin);
  }
};

}  // namespace turngreen::data
