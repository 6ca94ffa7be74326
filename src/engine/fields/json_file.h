#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>

#include "json_fields.h"

namespace turngreen::fields {

/// Absent, and a fault, where the text is no JSON or nests arrays and objects more deeply than 64.
std::optional<nlohmann::json> parse_json(std::string_view text, Faults& faults);

}  // namespace turngreen::fields
