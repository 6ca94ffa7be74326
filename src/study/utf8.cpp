#include "utf8.h"

namespace turngreen::study {
namespace {

/// Bytes of the character that begins here; 0: none does.
std::size_t length_of_character(std::string_view text) {
  const auto byte = [&](std::size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u;
  };
  const auto follows = [&](std::size_t i) { return (byte(i) & 0xc0u) == 0x80u; };
  const unsigned first = byte(0);
  if (first < 0x80) return 1;
  if (first < 0xc2) return 0;
  if (first < 0xe0) return follows(1) ? 2 : 0;
  if (first < 0xf0) {
    const bool shortest = first != 0xe0 || byte(1) >= 0xa0;
    const bool surrogate = first == 0xed && byte(1) >= 0xa0;
    return follows(1) && follows(2) && shortest && !surrogate ? 3 : 0;
  }
  const bool shortest = first != 0xf0 || byte(1) >= 0x90;
  const bool in_range = first < 0xf4 || (first == 0xf4 && byte(1) < 0x90);
  return follows(1) && follows(2) && follows(3) && shortest && in_range ? 4 : 0;
}

}  // namespace

std::optional<std::size_t> first_not_utf8(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t length = length_of_character(text.substr(i));
    if (length == 0) return i;
    i += length;
  }
  return std::nullopt;
}

}  // namespace turngreen::study
