#pragma once

#include <string>

#include "turngreen/engine/checkpoint/architecture.h"
#include "turngreen/units/result.h"

namespace turngreen::engine {

/// Error: rows of `file` with one class only, from which nothing can be learned.
Result<void> check_classes(const checkpoint::Labels& labels, const std::string& file);

/// Error: --metric-for-best-model is none of those that such labels have; the nearest, and all.
Result<void> check_best_metric(const checkpoint::Labels& labels, const std::string& metric);

}  // namespace turngreen::engine
