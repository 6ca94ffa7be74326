#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "train/loss_scale.h"
#include "train/zeroed_gradients.h"
#include "turngreen/engine/metrics/metrics.h"
#include "turngreen/units/result.h"

namespace turngreen::train {

/// What happened since the entry before.
struct LogEntry {
  std::int64_t step = 0;  ///< steps done
  double epoch = 0;
  double loss = 0;           ///< mean over the steps
  double gradient_norm = 0;  ///< of the last step, before clipping
  double learning_rate = 0;  ///< of the last step
};

struct Evaluation {
  std::int64_t step = 0;
  double epoch = 0;
  std::optional<double> threshold = {};       ///< that the metrics were computed with
  std::vector<metrics::Metric> metrics = {};  ///< of the validation rows
  std::vector<std::string> warnings = {};     ///< what is to be known about the metrics
};

/// How far a run is: with the tensors, all that decides how it goes on.
struct TrainingState {
  std::int64_t step = 0;  ///< optimizer steps done
  double loss_sum = 0;    ///< since the last entry of the log
  std::int64_t loss_count = 0;
  LossScale loss_scale = {};    ///< of fp16
  ZeroedGradients zeroed = {};  ///< by gradient_sparsity, in all steps
  std::vector<LogEntry> log = {};
  std::vector<Evaluation> evaluations = {};
  std::optional<std::size_t> best = {};  ///< among the evaluations
};

/// By gradient_sparsity, in [0, 1].
double zeroed_share(const TrainingState& state);

/// Whose weights are kept at the end: the best, or that of the last step. Absent: there is none.
const Evaluation* kept_evaluation(const TrainingState& state, bool keeps_best);

std::string training_state_json(const TrainingState& state);
/// `file` stands for it in errors.
Result<TrainingState> parse_training_state(std::string_view json, std::string_view file);

}  // namespace turngreen::train
