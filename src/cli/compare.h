#pragma once

#include <string_view>

#include "command_table.h"

namespace turngreen::cli {

inline constexpr std::string_view kCompareDetails =
    "Compares the full runs of two configurations: energy, time and every metric, in all and stage "
    "by stage, each as a mean with its 95 % interval, and the difference with Welch's t test. A "
    "configuration with one run borrows the scatter of the study's repeats. Where predictions are "
    "kept, the quality is compared on the same rows too.\n"
    "\n"
    "A and B are each a configuration's name or an unambiguous beginning of it, baseline, "
    "recommended, a trial ('#12', quoted for the shell), or settings:\n"
    "  turngreen compare v0 v7 --store study.db\n"
    "  turngreen compare baseline recommended study.yaml\n"
    "  turngreen compare baseline lr=1e-5,width=4 study.yaml\n";

Action configure_compare(CLI::App& app);

}  // namespace turngreen::cli
