#pragma once

#include <string>
#include <string_view>

#include "turngreen/units/result.h"

namespace turngreen::engine {

/// The text in one column of a JSON Lines row. Bytes that are no UTF-8 count as U+FFFD. The error
/// says what is wrong, but not where the row is.
Result<std::string> text_of_row(std::string_view line, std::string_view column);

}  // namespace turngreen::engine
