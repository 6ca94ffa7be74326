#pragma once

#include <string_view>

#include "command_table.h"

namespace turngreen::cli {

inline constexpr std::string_view kMeasureDetails =
    "Arms the sensors, runs the command with its input and output untouched, and prints a table of "
    "energy per stage "
    "and domain to standard error. A command that speaks the run protocol has stages; any other is "
    "one.\n"
    "\n"
    "  turngreen measure -- make -j4\n"
    "  turngreen measure --json energy.json --idle measure -- python3 train.py\n"
    "  turngreen measure --repeat 5 --cool-down 10s --scope process -- ./solve\n"
    "\n"
    "Exits with the command's own status (128 + n for signal n), and with 125 when it could not "
    "measure, start the "
    "command or write a file.\n";

Action configure_measure(CLI::App& app);

}  // namespace turngreen::cli
