#pragma once

#include <nlohmann/json.hpp>

#include "turngreen/pipeline/repeat.h"

namespace turngreen::report {

/// What several runs say together. What they do not tell is null.
nlohmann::ordered_json summary_json(const pipeline::RepeatSummary& summary);

}  // namespace turngreen::report
