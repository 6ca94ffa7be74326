#pragma once

#include <filesystem>

#include "model/model.h"

namespace turngreen::model {

/// Writes the model as a folder that transformers loads, with the tokenizer of `source`, the folder
/// that it was loaded from: checkpoint::save_model_folder.
Result<void> save_model(const Model& model, const std::filesystem::path& folder,
                        const checkpoint::ModelFolder& source);

}  // namespace turngreen::model
