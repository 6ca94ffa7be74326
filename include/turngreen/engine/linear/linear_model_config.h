#pragma once

#include <string>
#include <string_view>

#include "turngreen/engine/checkpoint/architecture.h"
#include "turngreen/engine/linear/ngrams.h"
#include "turngreen/units/result.h"

namespace turngreen::linear {

/// The config.json of a linear model.
struct LinearModelConfig {
  checkpoint::Labels labels;
  Ngrams ngrams = Ngrams::words;

  friend bool operator==(const LinearModelConfig&, const LinearModelConfig&) = default;
};

/// `name` stands for the file in errors. Error: no JSON, another model, a field that is missing or
/// not what is supported.
Result<LinearModelConfig> parse_linear_config(std::string_view json, std::string_view name);
std::string linear_config_json(const LinearModelConfig& config);

}  // namespace turngreen::linear
