#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace turngreen::cli {

/// The word that was probably meant: the nearest by insertions, deletions, replacements and swaps
/// of neighbours, where at most a third of the letters differ. Absent where none is near.
std::optional<std::string> nearest_word(std::string_view typed, std::span<const std::string> words);

}  // namespace turngreen::cli
