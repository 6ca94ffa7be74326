#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "segment.h"

namespace turngreen::tokenizer {

/// What becomes of the delimiters when a piece is split.
enum class SplitBehavior : std::uint8_t {
  removed,
  isolated,
  merged_with_previous,
  merged_with_next,
  contiguous
};

/// A part of a piece, delimiter or not. The parts cover the piece without holes.
struct Part {
  ByteRange range;
  bool is_delimiter = false;
};

/// Appends the pieces that `parts` become.
void append_split(std::span<const Part> parts, SplitBehavior behavior, std::vector<Piece>& out);

}  // namespace turngreen::tokenizer
