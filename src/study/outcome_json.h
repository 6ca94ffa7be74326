#pragma once

#include <nlohmann/json.hpp>

#include "turngreen/pipeline/outcome.h"

namespace turngreen::study {

/// An outcome as one object of a larger document; see trial_json.h for it alone.
nlohmann::ordered_json json_of(const pipeline::Outcome& outcome);
/// Throws std::exception with the field that cannot be understood.
pipeline::Outcome outcome_of(const nlohmann::ordered_json& object);

/// As text; bytes that are not UTF-8 become U+FFFD.
std::string dump(const nlohmann::ordered_json& document, int indent = -1);

}  // namespace turngreen::study
