#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "command_table.h"
#include "console.h"

namespace turngreen::cli {

inline constexpr std::string_view kTokenizeDetails =
    "Reads JSON Lines, CSV, TSV, Parquet or Arrow, and writes for each row its number and the ids "
    "of the text in a column, as the tokenizers package gives them. turngreen-engine does it, "
    "which "
    "is looked for beside turngreen, then on PATH; `turngreen-engine tokenize --help` lists all "
    "options.\n"
    "\n"
    "  turngreen tokenize --tokenizer tokenizer.json --input train.jsonl \\\n"
    "      --text func --output ids.jsonl --max-length 512 --offsets\n";

inline constexpr std::string_view kTrainDetails =
    "Fine-tunes a BERT, DistilBERT or ModernBERT as a classifier, as transformers' Trainer does, "
    "and "
    "saves it as a folder that transformers loads. What is interrupted or killed goes on from its "
    "checkpoint. turngreen-engine does it; `turngreen-engine train --help` lists all options.\n"
    "\n"
    "  turngreen train --model all-MiniLM-L6-v2 --train train.jsonl \\\n"
    "      --validation validation.jsonl --text func --label target --output out\n";

inline constexpr std::string_view kEvaluateDetails =
    "Answers each row of a file with a fine-tuned classifier, compares with its labels, and gives "
    "the metrics with bootstrap intervals: a table, and with --json all of it for programs. "
    "turngreen-engine does it; `turngreen-engine evaluate --help` lists all options.\n"
    "\n"
    "  turngreen evaluate --model out --data test.jsonl --json metrics.json\n";

inline constexpr std::string_view kPredictDetails =
    "Answers each row of a file with a fine-tuned classifier: row, label, scores and, with "
    "--logits, logits, a line of JSON each. turngreen-engine does it; `turngreen-engine predict "
    "--help` lists all options.\n"
    "\n"
    "  turngreen predict --model out --data test.jsonl --output predictions.jsonl\n";

inline constexpr std::string_view kEmbedDetails =
    "Turns each text of a file into one vector, as sentence-transformers does, in JSON Lines or "
    "safetensors. turngreen-engine does it; `turngreen-engine embed --help` lists all options.\n"
    "\n"
    "  turngreen embed --model all-MiniLM-L6-v2 --data texts.jsonl --text text \\\n"
    "      --output vectors.safetensors\n";

/// For a command that the engine knows the options of.
Action configure_handover(CLI::App& app);

/// Becomes the first of `places` that can be started, with these arguments. Comes back only where
/// none can, having said so; with the exit status.
int hand_over(std::span<const std::string> places, std::span<const std::string> arguments,
              Console& console);

/// The same with the places of this process.
int hand_over_to_engine(std::span<const std::string> arguments, Console& console);

}  // namespace turngreen::cli
