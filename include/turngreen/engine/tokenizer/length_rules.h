#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace turngreen::tokenizer {

enum class Direction : std::uint8_t { left, right };

/// How long an encoding may be. For one sequence the strategies longest_first and only_first are
/// the same.
struct Truncation {
  std::size_t max_length = 512;            ///< tokens, those that the post-processor adds included
  Direction direction = Direction::right;  ///< the end that is cut off

  friend bool operator==(const Truncation&, const Truncation&) = default;
};

/// How encodings are made equally long. Kept as data: whoever makes batches pads them.
struct Padding {
  std::optional<std::size_t> fixed_length;  ///< tokens; absent: as long as the longest of the batch
  std::optional<std::size_t> multiple_of;   ///< the length is rounded up to that
  Direction direction = Direction::right;   ///< the end that is filled
  std::uint32_t pad_id = 0;
  std::uint32_t pad_type_id = 0;
  std::string pad_token = "[PAD]";

  friend bool operator==(const Padding&, const Padding&) = default;
};

}  // namespace turngreen::tokenizer
