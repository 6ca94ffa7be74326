#pragma once

#include <cstdint>

namespace turngreen::tokenizer {

/// A token of a word. The tokens of a word follow each other without holes.
struct WordToken {
  std::uint32_t id;
  std::uint32_t length;  ///< bytes of the word
};

}  // namespace turngreen::tokenizer
