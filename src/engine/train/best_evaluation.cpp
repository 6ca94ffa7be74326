#include "train/best_evaluation.h"

#include <algorithm>
#include <array>

namespace turngreen::train {

std::optional<double> value_of(const Evaluation& evaluation, std::string_view metric) {
  const auto found = std::find_if(evaluation.metrics.begin(), evaluation.metrics.end(),
                                  [&](const metrics::Metric& one) { return one.name == metric; });
  return found == evaluation.metrics.end() ? std::nullopt : found->value;
}

bool is_to_be_small(std::string_view metric) {
  constexpr std::array<std::string_view, 8> kSmall{
      "loss", "log_loss", "brier", "calibration_error", "hamming_loss", "mse", "rmse", "mae"};
  return std::find(kSmall.begin(), kSmall.end(), metric) != kSmall.end();
}

bool last_is_best(const TrainingState& state, std::string_view metric) {
  const auto last = value_of(state.evaluations.back(), metric);
  if (!last) return false;
  if (!state.best) return true;
  const auto best = value_of(state.evaluations[*state.best], metric);
  if (!best) return true;
  return is_to_be_small(metric) ? *last < *best : *last > *best;
}

std::int64_t evaluations_without_better(const TrainingState& state) {
  const std::size_t since = state.best ? *state.best + 1 : 0;
  return static_cast<std::int64_t>(state.evaluations.size() - since);
}

}  // namespace turngreen::train
