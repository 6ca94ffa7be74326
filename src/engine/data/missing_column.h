#pragma once

#include <span>
#include <string>
#include <string_view>

namespace turngreen::data {

/// "there is no column 'txt' in this row; it has 'text', 'label'; did you mean 'text'?". `where`:
/// "this row".
std::string missing_column(std::string_view column, std::string_view where,
                           std::span<const std::string> there);

}  // namespace turngreen::data
