#pragma once

#include <string>

#include "command_table.h"

namespace turngreen::cli {

/// What `turngreen --help` prints.
std::string program_help();

/// What `turngreen COMMAND --help` prints, folded to 80 columns.
std::string command_help(const Command& command);

}  // namespace turngreen::cli
