#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace turngreen::study {

/// Index of the first byte that is not part of well-formed UTF-8 (RFC 3629: shortest forms, no
/// surrogates, up to U+10FFFF); absent: all of it is.
std::optional<std::size_t> first_not_utf8(std::string_view text);

}  // namespace turngreen::study
