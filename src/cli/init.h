#pragma once

#include <string_view>

#include "command_table.h"

namespace turngreen::cli {

inline constexpr std::string_view kInitDetails =
    "Looks at a command and writes a commented study file for it, ready for turngreen tune once "
    "the "
    "metric is named: numbers among the command's options are suggested as knobs. Nothing is run. "
    "Without a command it asks, on a terminal. A file that is there is left alone without "
    "--force.\n"
    "\n"
    "  turngreen init -- python3 train.py --lr=5e-5 --epochs 3\n"
    "  turngreen init --output small.yaml --metric macro_f1 -- ./train.sh\n";

Action configure_init(CLI::App& app);

}  // namespace turngreen::cli
