#pragma once

#include <optional>
#include <span>
#include <string>

#include "turngreen/engine/data/examples.h"
#include "turngreen/engine/metrics/metrics.h"
#include "turngreen/units/result.h"

namespace turngreen::engine {

/// What a model answered to each row and what was right, for `turngreen tune`'s guard and whoever
/// compares two runs: lines of JSON with id (the row), label, prediction and scores.
/// Single-label problems only.
struct PredictionsToWrite {
  const data::Examples& examples;
  const metrics::Outputs& outputs;
  const metrics::MetricOptions& options;  ///< names of the classes, and the threshold
};

/// Written whole or not at all, and told to the run protocol.
Result<void> write_predictions_file(const std::string& file, const PredictionsToWrite& what);

}  // namespace turngreen::engine
