#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "turngreen/engine/checkpoint/safetensors.h"

namespace turngreen::checkpoint {

struct WeightFiles {
  std::vector<SafetensorsFile> files;
  std::map<std::string, TensorView, std::less<>> tensors;  ///< of all files
};

/// model.safetensors of the folder, or the shards that model.safetensors.index.json lists.
Result<WeightFiles> open_weights(const std::filesystem::path& folder);

/// The names of the shards and of the tensors in each, as an index.json says.
Result<std::map<std::string, std::vector<std::string>>> parse_weight_index(std::string_view json,
                                                                           std::string_view name);

}  // namespace turngreen::checkpoint
