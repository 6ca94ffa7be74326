#pragma once

#include <cstdint>
#include <filesystem>

#include "turngreen/units/result.h"

namespace turngreen::checkpoint {

/// The least of `most`, tokenizer_config.json's model_max_length and sentence_bert_config.json's
/// max_seq_length. transformers writes some 1e30 for a tokenizer without a limit.
Result<std::int64_t> read_max_length(const std::filesystem::path& folder, std::int64_t most);

}  // namespace turngreen::checkpoint
