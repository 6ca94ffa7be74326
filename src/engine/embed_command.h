#pragma once

#include <string_view>

#include "command_table.h"

namespace turngreen::engine {

inline constexpr std::string_view kEmbedDetails =
    "Turns each text of a file into one vector: the mean of its tokens' hidden states, of length 1 "
    "where the model folder says so (a Normalize module of sentence-transformers). Writes a line "
    "of JSON for each row (row, embedding), or all of them as the tensors `embeddings` and `rows` "
    "of a .safetensors file.\n"
    "\n"
    "  turngreen embed --model all-MiniLM-L6-v2 --data texts.jsonl --text text \\\n"
    "      --output vectors.safetensors\n";

Action configure_embed(CLI::App& app);

}  // namespace turngreen::engine
