#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "turngreen/engine/checkpoint/architecture.h"
#include "turngreen/units/result.h"

namespace turngreen::checkpoint {

/// A config.json of transformers 4 or 5.
struct ModelConfig {
  Architecture architecture;
  /// Of the head, where the config tells of one (id2label, num_labels or a
  /// ...ForSequenceClassification among its architectures).
  std::optional<Labels> labels;
  /// The file as it was read, so that what is not understood here is written back unchanged.
  std::string json;
};

/// `name` stands for the file in errors. Error: no JSON, a family that is not supported (its name
/// and those that are), a field that is missing, of the wrong type or out of range, a setting that
/// changes the mathematics and is not supported.
Result<ModelConfig> parse_model_config(std::string_view json, std::string_view name);

/// The config.json of a model with this head, for transformers 4 and 5: `from.json` with what has
/// changed put in (layers, labels, problem type, architectures, dtype).
std::string model_config_json(const ModelConfig& from);

}  // namespace turngreen::checkpoint
