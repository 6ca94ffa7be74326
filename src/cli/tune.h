#pragma once

#include <string_view>

#include "command_table.h"

namespace turngreen::cli {

inline constexpr std::string_view kTuneDetails =
    "Runs the pipeline of the study file under the configurations that are expected to save most "
    "for "
    "what their trial costs, and recommends the one that uses the least energy within the quality "
    "budget. Every finished trial is kept in the store: the same command goes on where an "
    "interrupted one stopped. Exit status: 0 a configuration better than the baseline was found, 3 "
    "the baseline is the best, 130 interrupted, others an error.";

Action configure_tune(CLI::App& app);

}  // namespace turngreen::cli
