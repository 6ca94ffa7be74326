#pragma once

#include <span>
#include <string>
#include <string_view>

namespace turngreen::study {

/// "; did you mean macro_f1?", or nothing where no word is near.
std::string did_you_mean(std::string_view found, std::span<const std::string> words);

}  // namespace turngreen::study
