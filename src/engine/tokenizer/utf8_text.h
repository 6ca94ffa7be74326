#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace turngreen::tokenizer {

bool is_ascii(std::string_view text);
bool is_utf8(std::string_view text);

/// Each longest run of bytes that begins a code point and goes wrong becomes one U+FFFD, and so
/// does each byte that begins none: as Python's errors="replace" and the Unicode standard have it.
std::string with_replacements(std::string_view text);

/// Decodes the code point at `at` and moves `at` past it. The text must be UTF-8, and `at` within
/// it at the beginning of a code point.
inline char32_t next_code_point(std::string_view text, std::size_t& at) {
  const auto byte = [&](std::size_t ahead) -> char32_t {
    return static_cast<unsigned char>(text[at + ahead]);
  };
  const char32_t lead = byte(0);
  if (lead < 0x80) return ++at, lead;
  char32_t code = 0;
  if (lead < 0xE0) {
    code = (lead & 0x1F) << 6 | (byte(1) & 0x3F);
    at += 2;
  } else if (lead < 0xF0) {
    code = (lead & 0x0F) << 12 | (byte(1) & 0x3F) << 6 | (byte(2) & 0x3F);
    at += 3;
  } else {
    code = (lead & 0x07) << 18 | (byte(1) & 0x3F) << 12 | (byte(2) & 0x3F) << 6 | (byte(3) & 0x3F);
    at += 4;
  }
  return code;
}

/// The code point that ends before `end`, which must be past 0 and at the end of one.
char32_t code_point_before(std::string_view text, std::size_t end);

inline std::size_t utf8_length(char32_t code) {
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
}

/// Whether a code point begins with this byte.
inline bool begins_code_point(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0) != 0x80;
}

void append_code_point(std::string& text, char32_t code);
std::size_t count_code_points(std::string_view text);

}  // namespace turngreen::tokenizer
