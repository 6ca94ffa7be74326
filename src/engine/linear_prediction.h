#pragma once

#include <ostream>

#include "linear_arguments.h"
#include "turngreen/units/result.h"

namespace turngreen::engine {

/// Answers the rows of a file with a linear model, in memory that does not grow with the file.
Result<void> predict_with_linear_model(LinearPredictOptions& options, std::ostream& err);

}  // namespace turngreen::engine
