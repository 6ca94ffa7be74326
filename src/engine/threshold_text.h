#pragma once

#include <string>

#include "train/threshold_choice.h"
#include "turngreen/units/result.h"

namespace turngreen::engine {

/// What --threshold says, "validation" or a probability, put into `choice`.
Result<train::ThresholdChoice> parse_threshold(const std::string& text,
                                               train::ThresholdChoice choice);

}  // namespace turngreen::engine
