#pragma once

#include <string_view>

#include "command_table.h"

namespace turngreen::engine {

inline constexpr std::string_view kTokenizeDetails =
    "Reads JSON Lines, CSV, TSV, Parquet or Arrow, told by the file's name, and writes JSON Lines: "
    "for each row its number (from 0) and the ids of the text in a column, those that the "
    "tokenizers package gives, truncated as the tokenizer.json says, without padding. With "
    "--offsets also the characters that each token stands for.\n"
    "\n"
    "  turngreen tokenize --tokenizer tokenizer.json --input train.jsonl --text func --output "
    "ids.jsonl\n";

Action configure_tokenize(CLI::App& app);

}  // namespace turngreen::engine
