#pragma once

#include <string_view>

#include "command_table.h"

namespace turngreen::cli {

inline constexpr std::string_view kRunDetails =
    "Runs the command of a best.yaml with the directory and the environment that it was tuned in. "
    "Of a study of the built-in pipeline that trains the recommended model into the folder `model` "
    "beside the study file.\n"
    "\n"
    "  turngreen run best.yaml\n"
    "  turngreen measure -- turngreen run best.yaml\n";

Action configure_run(CLI::App& app);

}  // namespace turngreen::cli
