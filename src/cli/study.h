#pragma once

#include <string_view>

#include "command_table.h"

namespace turngreen::cli {

inline constexpr std::string_view kStudyDetails =
    "A store keeps studies and all their trials in one file: that of --store, else that of the "
    "environment variable TURNGREEN_STORE, else turngreen.db in this directory.\n"
    "\n"
    "list shows the studies; show, the trials of one; export writes one as JSON, which import "
    "reads "
    "into another store, or as CSV, which a table pipeline can replay; delete removes one with its "
    "trials, after a question.\n"
    "\n"
    "  turngreen study list\n"
    "  turngreen study show digits\n"
    "  turngreen study export digits --format csv --output digits.csv\n"
    "  turngreen study import digits.json --store other.db\n"
    "  turngreen study delete digits --yes\n";

Action configure_study(CLI::App& app);

}  // namespace turngreen::cli
