#pragma once

#include <cstdint>
#include <vector>

#include "aligned_text.h"

namespace turngreen::tokenizer {

/// An added token's occurrence has its id; what is still to be split and looked up has kNoToken.
inline constexpr std::uint32_t kNoToken = ~std::uint32_t{0};

struct Piece {
  ByteRange range;  ///< of the segment's text; never empty
  std::uint32_t added = kNoToken;
};

/// What lies between two added tokens of the raw input, on its way through the tokenizer.
struct Segment {
  AlignedText text;
  std::vector<Piece> pieces;
  /// The text is to be read as the bytes of the byte-level alphabet, which has not been written
  /// out.
  bool is_byte_level = false;
};

}  // namespace turngreen::tokenizer
