#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace turngreen::pipeline {

/// The word that `text` was probably meant to be: at most two letters (a third of the word) added,
/// left out, changed or swapped with the next. Absent when none is near.
std::optional<std::string_view> nearest_word(std::string_view text,
                                             std::span<const std::string_view> words);

}  // namespace turngreen::pipeline
