#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace turngreen::selection {

/// The finalizer of SplitMix64 (Steele et al., OOPSLA 2014): every bit in moves every bit out.
constexpr std::uint64_t mixed(std::uint64_t word) {
  word = (word ^ (word >> 30)) * 0xBF58476D1CE4E5B9;
  word = (word ^ (word >> 27)) * 0x94D049BB133111EB;
  return word ^ (word >> 31);
}

/// Tells texts apart; no protection against whoever wants two to be alike.
std::uint64_t hash_of(std::string_view text, std::uint64_t seed);

}  // namespace turngreen::selection
