#pragma once

#include <cstdint>
#include <optional>
#include <ostream>
#include <string>

#include "compute_options.h"
#include "evaluation_report.h"
#include "inference_arguments.h"
#include "turngreen/units/result.h"

namespace turngreen::engine {

struct EvaluateOptions {
  std::string model;  ///< folder
  std::string data;
  std::optional<std::string> text;  ///< columns; absent: those that the model was trained with
  std::optional<std::string> label;
  std::optional<double> threshold;  ///< absent: the model folder's
  std::string predictions;          ///< file; empty: none
  std::int64_t resamples = 1000;
  double confidence = 0.95;
  std::uint64_t seed = 42;
  ComputeOptions compute;
  InferenceArguments inference;
};

/// Evaluates a model on a file. Bad rows that are skipped, and progress, go to `err`; stages,
/// metrics and effective settings to the run protocol.
Result<EvaluationReport> evaluate_model(EvaluateOptions& options, std::ostream& err);

}  // namespace turngreen::engine
