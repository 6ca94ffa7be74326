#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "segment.h"

namespace turngreen::tokenizer {

/// GPT-2's alphabet: each byte has a printable code point, its own where it is printable itself.
char32_t code_point_of_byte(std::uint8_t byte);

/// The bytes that a text of that alphabet stands for; absent where another code point occurs.
std::optional<std::string> bytes_of_alphabet(std::string_view text);

/// Appends the words of piece.range by GPT-2's regular expression
///   's|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+
/// as Oniguruma understands it. They cover the range.
void append_byte_level_words(std::string_view text, ByteRange range, std::vector<Piece>& out);

}  // namespace turngreen::tokenizer
