#pragma once

#include <filesystem>
#include <string_view>

#include "turngreen/units/result.h"

namespace turngreen::checkpoint {

/// Copies what goes with a model's weights from one folder to another: the tokenizer's files and
/// sentence-transformers' modules, as far as they are there.
Result<void> copy_companions(const std::filesystem::path& from, const std::filesystem::path& to);

/// Whether an entry of this name in a model's folder belongs to the model, and goes when another
/// takes its place.
bool belongs_to_model(std::string_view name);

}  // namespace turngreen::checkpoint
