#pragma once

#include <ostream>

#include "evaluation_report.h"
#include "linear_arguments.h"
#include "turngreen/units/result.h"

namespace turngreen::engine {

/// Evaluates a linear model on a file, as evaluate_model does a transformer.
Result<EvaluationReport> evaluate_linear_model(LinearEvaluateOptions& options, std::ostream& err);

}  // namespace turngreen::engine
