#pragma once

#include <nlohmann/json.hpp>

#include "turngreen/explore/extrapolation.h"

namespace turngreen::report {

/// How well full runs were foretold; null where none was.
nlohmann::ordered_json extrapolation_json(const explore::Extrapolation& extrapolation);

}  // namespace turngreen::report
