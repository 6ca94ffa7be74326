#pragma once

#include <string_view>

#include "command_table.h"

namespace turngreen::engine {

inline constexpr std::string_view kDescribeDetails =
    "Prints the build, the processor's instruction sets (asked at run time) and threads, and what "
    "is "
    "supported of tokenizer.json.\n"
    "\n"
    "  turngreen-engine describe --json\n";

Action configure_describe(CLI::App& app);

}  // namespace turngreen::engine
