#pragma once

#include <string_view>

#include "command_table.h"

namespace turngreen::cli {

inline constexpr std::string_view kExplainDetails =
    "For every value of every knob: the factor by which it changes the objective against the knob "
    "being off, and the change in quality, each with its 95 % interval. For every pair that was "
    "tried together: the factor beyond the product of the two, and whether that is a synergy, an "
    "antagonism, independence, or not distinguishable yet. Values marked with * were never tried: "
    "what is said of them is what was assumed.\n";

Action configure_explain(CLI::App& app);

}  // namespace turngreen::cli
