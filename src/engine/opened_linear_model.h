#pragma once

#include <string>

#include "linear_arguments.h"
#include "model_settings.h"
#include "turngreen/engine/linear/linear_model.h"
#include "turngreen/units/result.h"

namespace turngreen::engine {

/// A folder of a linear model as it is used.
struct OpenedLinearModel {
  linear::LinearModel model;
  ModelSettings settings;

  /// Within the stage load_model. Error: as LinearModel::load and read_model_settings.
  static Result<OpenedLinearModel> open(const std::string& folder);
};

/// Tells the run protocol what is used: model_family, ngrams, threads.
void tell_linear(const OpenedLinearModel& opened, const LinearOptions& options);

}  // namespace turngreen::engine
