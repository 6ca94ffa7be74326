#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace turngreen::units {

/// The word that `text` was probably meant to be: at most a third of its letters (one, where the
/// word is shorter than three) added, left out, changed or swapped with the next. Absent when none
/// is near.
std::optional<std::string> nearest_word(std::string_view text, std::span<const std::string> words);
std::optional<std::string> nearest_word(std::string_view text,
                                        std::span<const std::string_view> words);

}  // namespace turngreen::units
