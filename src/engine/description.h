#pragma once

#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "capabilities.h"

namespace turngreen::engine {

/// What `describe` tells, for programs. `model`: the folder asked for; null: none.
nlohmann::ordered_json description_json(const Capabilities& found,
                                        const checkpoint::ModelFolder* model);

/// The same for people.
std::string description_text(const nlohmann::ordered_json& description);

}  // namespace turngreen::engine
