#include "offset_trimming.h"

#include <algorithm>

#include "byte_level.h"
#include "unicode.h"
#include "utf8_text.h"

namespace turngreen::tokenizer {

Blanks blanks_of(std::string_view token) {
  const auto is_blank = [](char32_t code) {
    return code == code_point_of_byte(' ') || properties(code).has(Property::white_space);
  };
  Blanks blanks;
  bool only_blanks = true;
  for (std::size_t at = 0; at < token.size();) {
    if (is_blank(next_code_point(token, at))) {
      blanks.leading += only_blanks ? 1 : 0;
      ++blanks.trailing;
    } else {
      only_blanks = false;
      blanks.trailing = 0;
    }
  }
  return blanks;
}

void trim(std::span<CharacterRange> offsets, std::span<const Blanks> blanks,
          const TrimOffsets& how) {
  for (std::size_t n = 0; n < offsets.size(); ++n) {
    auto [leading, trailing] = blanks[n];
    auto& [begin, end] = offsets[n];
    const bool is_first = (n == 0 && !how.is_behind_special) || begin == 0;
    if (is_first && how.add_prefix_space && leading == 1) leading = 0;
    if (leading > 0) begin = std::min(begin + leading, end);
    if (trailing > 0 && end >= trailing) end = std::max(end - trailing, begin);
  }
}

}  // namespace turngreen::tokenizer
