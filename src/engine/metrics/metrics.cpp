#include "turngreen/engine/metrics/metrics.h"

#include <algorithm>
#include <cmath>

#include "bootstrap.h"
#include "score_table.h"

namespace turngreen::metrics {
namespace {

std::size_t rows_of(const Outputs& outputs) {
  return outputs.outputs <= 0 ? 0
                              : outputs.logits.size() / static_cast<std::size_t>(outputs.outputs);
}

bool is_finite(const std::vector<float>& numbers) {
  return std::all_of(numbers.begin(), numbers.end(), [](float x) { return std::isfinite(x); });
}

ScoreTable table_of(const Outputs& outputs, const MetricOptions& options) {
  switch (outputs.problem) {
    case checkpoint::Problem::multi_label:
      return multi_label_scores(outputs, options);
    case checkpoint::Problem::regression:
      return regression_scores(outputs);
    default:
      return single_label_scores(outputs, options);
  }
}

/// The same figures without rows, all absent: what is left where logits are no numbers.
Outputs without_rows(const Outputs& outputs) {
  Outputs none;
  none.problem = outputs.problem;
  none.outputs = outputs.outputs;
  return none;
}

}  // namespace

std::vector<Metric> evaluate(const Outputs& outputs, const MetricOptions& options) {
  if (!is_finite(outputs.logits) || !is_finite(outputs.targets)) {
    return evaluate(without_rows(outputs), options);
  }
  const auto table = table_of(outputs, options);
  const std::vector<std::uint32_t> once(rows_of(outputs), 1U);
  const auto values = table.values(once);
  const auto intervals = bootstrap_intervals(table, once.size(), options);
  std::vector<Metric> all;
  for (std::size_t at = 0; at < values.size(); ++at) {
    all.push_back({table.names[at], values[at], values[at] ? intervals[at] : std::nullopt});
  }
  return all;
}

}  // namespace turngreen::metrics
