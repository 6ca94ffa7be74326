#pragma once

#include <nlohmann/json.hpp>
#include <optional>

#include "json_fields.h"
#include "turngreen/engine/checkpoint/architecture.h"

namespace turngreen::checkpoint {

/// Absent where the config tells of no classification head.
std::optional<Labels> read_labels(const fields::JsonFields& fields);

/// Takes out what tells of another head.
void write_labels(nlohmann::json& file, const std::optional<Labels>& labels);

}  // namespace turngreen::checkpoint
