#pragma once

#include <string>
#include <string_view>

namespace turngreen::report {

/// Well-formed UTF-8: each byte that is not part of it becomes U+FFFD.
std::string valid_utf8(std::string_view text);

/// Fit for a terminal: well-formed, and control characters (a stage's name may hold escape
/// sequences) become '?'.
std::string printable(std::string_view text);

/// Code points of well-formed UTF-8, which is the width of most scripts on a terminal.
std::size_t display_width(std::string_view text);

/// At most `width` wide, its end replaced by "..." where it is longer.
std::string shortened(std::string text, std::size_t width);

}  // namespace turngreen::report
