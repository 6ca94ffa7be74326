#pragma once

#include <nlohmann/json.hpp>
#include <string_view>

#include "turngreen/study/trial.h"
#include "turngreen/units/result.h"

namespace turngreen::study {

/// One object, the names in their order.
nlohmann::ordered_json json_of(const Provenance& provenance);
/// Throws std::exception: a value is no text.
Provenance provenance_from_json(const nlohmann::ordered_json& object);

Result<Provenance> parse_provenance(std::string_view json);

}  // namespace turngreen::study
