#pragma once

#include <ostream>
#include <span>
#include <string>

namespace turngreen::engine {

/// Runs turngreen-engine with these arguments, the program's name not among them. Returns the exit
/// status.
int run_program(std::span<const std::string> arguments, std::ostream& out, std::ostream& err);

}  // namespace turngreen::engine
