#pragma once

#include <string_view>

#include "command_table.h"

namespace turngreen::cli {

inline constexpr std::string_view kKnobsDetails =
    "Without a name, lists the knobs that turngreen knows, by phase. A study file names those that "
    "its pipeline has, and may add others.\n"
    "\n"
    "  turngreen knobs\n"
    "  turngreen knobs max_length\n"
    "  turngreen knobs --json\n";

Action configure_knobs(CLI::App& app);

}  // namespace turngreen::cli
