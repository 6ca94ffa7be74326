#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "post_processor.h"
#include "turngreen/engine/tokenizer/encoder.h"

namespace turngreen::tokenizer {

/// Code points at the ends of a token that are white space, or the byte-level alphabet's blank.
struct Blanks {
  std::uint32_t leading = 0;
  std::uint32_t trailing = 0;
};

Blanks blanks_of(std::string_view token);

/// `blanks` holds those of each token.
void trim(std::span<CharacterRange> offsets, std::span<const Blanks> blanks,
          const TrimOffsets& how);

}  // namespace turngreen::tokenizer
