#pragma once

#include <string_view>

#include "console.h"
#include "turngreen/units/result.h"

namespace turngreen::cli {

/// Prints an error as "turngreen COMMAND: ...", each of its lines so.
void complain(Console& console, std::string_view command, const Error& error);

}  // namespace turngreen::cli
