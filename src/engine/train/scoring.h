#pragma once

#include <string>
#include <vector>

#include "train/threshold_choice.h"
#include "train/training_state.h"
#include "turngreen/engine/metrics/metrics.h"

namespace turngreen::train {

/// Scores answers to validation rows, with the threshold that is chosen on them. Step and epoch are
/// left to the caller.
Evaluation score(const metrics::Outputs& outputs, const std::vector<std::string>& labels,
                 const ThresholdChoice& choice);

/// Of the figures that validation rows of a model with these labels have, in their order.
std::vector<std::string> metric_names(const checkpoint::Labels& labels);

}  // namespace turngreen::train
