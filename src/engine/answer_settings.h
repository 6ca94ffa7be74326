#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "model_settings.h"
#include "turngreen/engine/checkpoint/architecture.h"
#include "turngreen/units/result.h"

namespace turngreen::engine {

/// From which probability on something is answered, and who says so.
struct AnswerThreshold {
  std::optional<double> probability;  ///< absent: the most probable class
  std::string from;                   ///< for people; empty where there is none
};

/// The column of that option, "--text COLUMN": what was asked for, else what the model was trained
/// with. Error: neither is known.
Result<std::string> column_of(std::string_view option, const std::optional<std::string>& asked,
                              const std::optional<std::string>& trained);

/// What was asked for, else the model folder's. `labels`: the model's, where it has some. Error:
/// asked of a model that has no use for it.
Result<AnswerThreshold> answer_threshold(std::optional<double> asked,
                                         const std::optional<checkpoint::Labels>& labels,
                                         const ModelSettings& settings, std::string_view folder);

}  // namespace turngreen::engine
