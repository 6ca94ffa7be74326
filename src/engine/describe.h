#pragma once

#include <string_view>

#include "command_table.h"

namespace turngreen::engine {

inline constexpr std::string_view kDescribeDetails =
    "Prints the build, devices, instruction sets (asked at run time) and threads, what is "
    "supported of tokenizer.json, and what each knob can be set to here, for a model and a device "
    "if they are named; of what cannot be had, why.\n"
    "\n"
    "  turngreen-engine describe --model all-MiniLM-L6-v2\n"
    "  turngreen-engine describe --json\n";

Action configure_describe(CLI::App& app);

}  // namespace turngreen::engine
