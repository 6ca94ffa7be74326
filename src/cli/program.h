#pragma once

#include <span>
#include <string>

#include "console.h"

namespace turngreen::cli {

/// The whole program: finds the command in the table, parses its options and runs it. `arguments`
/// are without the program's own name. Returns the exit status.
int run_program(std::span<const std::string> arguments, Console& console);

}  // namespace turngreen::cli
