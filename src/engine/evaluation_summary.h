#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "train/training_state.h"

namespace turngreen::engine {

/// Lines of the summary of `turngreen train`: what those rows say of the model. `rows`: "test".
std::string evaluation_text(std::string_view rows, const train::Evaluation& evaluation);

/// Metrics by their field names, with step, epoch, threshold and warnings.
nlohmann::ordered_json evaluation_json(const train::Evaluation& evaluation);

}  // namespace turngreen::engine
