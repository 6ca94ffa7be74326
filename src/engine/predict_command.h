#pragma once

#include <string_view>

#include "command_table.h"

namespace turngreen::engine {

inline constexpr std::string_view kPredictDetails =
    "Answers each row of a file with a fine-tuned classifier, and writes a line of JSON for each: "
    "row (from 0), label, scores (probabilities in the order of the model's labels; for regression "
    "the values) and, with --logits, logits. Memory does not grow with the file.\n"
    "\n"
    "  turngreen predict --model out --data test.jsonl --output predictions.jsonl\n"
    "  echo '{\"text\": \"...\"}' | turngreen predict --model out --data - --output -\n";

Action configure_predict(CLI::App& app);

}  // namespace turngreen::engine
