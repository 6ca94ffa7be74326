#pragma once

#include <cstdint>
#include <string_view>

namespace turngreen::tokenizer {

/// What the reference takes a code point for. It asks five sources of different Unicode versions,
/// so that `number` and `numeric`, or `white_space` and `regex_space`, need not agree.
enum class Property : std::uint16_t {
  white_space = 1 << 0,      ///< Rust's char::is_whitespace, and \s of its regular expressions
  other = 1 << 1,            ///< categories Cc, Cf, Cn, Co
  nonspacing_mark = 1 << 2,  ///< category Mn
  combining_mark = 1 << 3,   ///< category M as the StripAccents normalizer sees it
  punctuation = 1 << 4,      ///< category P, and all of ASCII's
  numeric = 1 << 5,          ///< Rust's char::is_numeric
  word = 1 << 6,             ///< \w of Rust's regular expressions
  letter = 1 << 7,           ///< \p{L} of Oniguruma
  number = 1 << 8,           ///< \p{N} of Oniguruma
  regex_space = 1 << 9,      ///< \s of Oniguruma
  has_lower = 1 << 10,       ///< lower_case gives something else
  decomposes = 1 << 11,      ///< one of its decompositions is something else
};

struct Properties {
  std::uint16_t bits = 0;
  std::uint8_t combining_class = 0;

  bool has(Property property) const { return (bits & static_cast<std::uint16_t>(property)) != 0; }
};

/// Of any number; what is no code point has none.
Properties properties(char32_t code);

/// One code point to its small letters (U+0130 has two), or itself.
std::u32string_view lower_case(char32_t& code);

/// Full decomposition of one code point other than Hangul syllables, or itself.
std::u32string_view canonical_decomposition(char32_t& code);
std::u32string_view compatible_decomposition(char32_t& code);

/// The primary composite of a pair, Hangul included; 0 where there is none.
char32_t composition(char32_t first, char32_t second);

/// CJK ideographs by block, as BERT defines them.
bool is_chinese(char32_t code);

}  // namespace turngreen::tokenizer
