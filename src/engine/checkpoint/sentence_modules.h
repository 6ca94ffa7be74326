#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "turngreen/units/result.h"

namespace turngreen::checkpoint {

/// What modules.json of sentence-transformers says becomes of the token vectors.
struct SentenceModules {
  bool normalizes = false;
  std::optional<std::string> obstacle;  ///< as ModelFolder::sentence_obstacle()
  std::vector<std::string> folders;     ///< of modules, within the model's
};

/// None where there is no modules.json.
Result<SentenceModules> read_sentence_modules(const std::filesystem::path& folder);

}  // namespace turngreen::checkpoint
