#pragma once

#include <string_view>

#include "command_table.h"

namespace turngreen::cli {

inline constexpr std::string_view kReplayDetails =
    "Runs the raw readings kept by turngreen measure --record through the same accounting, so that "
    "a number can be "
    "audited later. Carbon and cost are those of the recording unless given anew.\n"
    "\n"
    "  turngreen replay run.tgr --json energy.json --carbon FR\n";

Action configure_replay(CLI::App& app);

}  // namespace turngreen::cli
