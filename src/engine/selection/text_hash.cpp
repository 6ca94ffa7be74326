#include "turngreen/engine/selection/text_hash.h"

#include <cstring>

namespace turngreen::selection {
namespace {

template <typename Word>
std::uint64_t word_at(const char* at) {
  Word word;
  std::memcpy(&word, at, sizeof word);
  return word;
}

/// Up to eight bytes as one word, whose two halves may overlap; the length tells them apart.
std::uint64_t short_word(const char* at, std::size_t size) {
  if (size >= 4) return word_at<std::uint32_t>(at) << 32 | word_at<std::uint32_t>(at + size - 4);
  if (size == 0) return 0;
  const auto byte = [&](std::size_t n) { return std::uint64_t{static_cast<unsigned char>(at[n])}; };
  return byte(0) << 16 | byte(size / 2) << 8 | byte(size - 1);
}

}  // namespace

std::uint64_t hash_of(std::string_view text, std::uint64_t seed) {
  std::uint64_t state = mixed(seed ^ text.size());
  const char* at = text.data();
  std::size_t left = text.size();
  for (; left > 8; at += 8, left -= 8) {
    state = (state ^ word_at<std::uint64_t>(at)) * 0x9E3779B97F4A7C15;
    state ^= state >> 29;
  }
  return mixed(state ^ short_word(at, left));
}

}  // namespace turngreen::selection
