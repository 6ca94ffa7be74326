#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace turngreen::tokenizer {

/// A code point of a text that is being rewritten, and how it stands to what it replaces:
/// 0 replaces one code point, a positive number is one more beside the one before, -n replaces one
/// and swallows the n after it.
struct Change {
  char32_t code;
  std::ptrdiff_t change;
};

enum class NormalizationForm : std::uint8_t { nfc, nfd, nfkc, nfkd };

/// The normal form of UTF-8 `text`. The changes tell positions as the reference's do, which follow
/// the order of the result where marks are put in order.
void normalize(std::string_view text, NormalizationForm form, std::vector<Change>& out);

}  // namespace turngreen::tokenizer
