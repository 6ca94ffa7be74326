#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "linear_arguments.h"
#include "own_meter.h"
#include "train/training_state.h"

namespace turngreen::engine {

/// A fit of one l2, and how the validation rows scored with it.
struct LinearAttempt {
  double l2 = 0;
  double loss = 0;  ///< mean over the training rows
  bool has_converged = false;
  std::optional<train::Evaluation> evaluation = {};  ///< absent: no validation rows
};

/// What there is to be told at the end.
struct LinearSummary {
  const LinearTrainArguments& arguments;
  const std::vector<LinearAttempt>& attempts;
  std::size_t kept = 0;  ///< among the attempts
  std::int64_t steps = 0;
  std::uint64_t samples = 0;
  std::uint64_t ngrams = 0;  ///< of all samples
  std::size_t features = 0;  ///< n-grams that the model has weights for
  double train_seconds = 0;  ///< without reading and evaluating
  double train_flops = 0;
  std::uint64_t bad_rows = 0;
  std::optional<train::Evaluation> test = {};  ///< of the test rows, where they were asked
  std::optional<EnergySpent> energy;           ///< absent: not metered by this process
};

std::string linear_summary_text(const LinearSummary& summary);
std::string linear_summary_json(const LinearSummary& summary);

}  // namespace turngreen::engine
