#pragma once

#include <string_view>

#include "command_table.h"

namespace turngreen::engine {

inline constexpr std::string_view kEvaluateDetails =
    "Answers each row of a file with a fine-tuned classifier, compares with its labels, and gives "
    "the metrics with bootstrap intervals: a table, and with --json all of it for programs. "
    "Columns, length and threshold are those that the model was trained with unless told "
    "otherwise.\n"
    "\n"
    "  turngreen evaluate --model out --data test.jsonl --json metrics.json\n";

Action configure_evaluate(CLI::App& app);

}  // namespace turngreen::engine
