#include "turngreen/explore/repeat_mean.h"

#include <array>
#include <cmath>
#include <numeric>

namespace turngreen::explore {
namespace {

/// As many values tell their own scatter: two leave 1 degree of freedom, and an interval of 12.7
/// standard errors.
constexpr std::size_t kOwnScatter = 3;

double mean_of(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double squares_around(double mean, std::span<const double> values) {
  double sum = 0;
  for (const double value : values) sum += (value - mean) * (value - mean);
  return sum;
}

}  // namespace

RepeatScatter pool_scatter(std::span<const std::span<const double>> groups) {
  double squares = 0;
  std::size_t freedom = 0;
  for (const auto& group : groups) {
    if (group.size() < 2) continue;
    squares += squares_around(mean_of(group), group);
    freedom += group.size() - 1;
  }
  if (freedom == 0) return {};
  return {squares / static_cast<double>(freedom), freedom};
}

std::optional<RepeatMean> repeat_mean(std::span<const double> values, const RepeatScatter& pooled) {
  if (values.empty()) return std::nullopt;
  RepeatMean result{.mean = mean_of(values), .runs = values.size(), .interval = std::nullopt};
  RepeatScatter scatter = pooled;
  if (values.size() >= kOwnScatter || pooled.freedom == 0) {
    scatter = pool_scatter(std::array{values});
  }
  if (scatter.freedom == 0) return result;
  result.standard_error = std::sqrt(scatter.variance / static_cast<double>(values.size()));
  result.freedom = scatter.freedom;
  const double half = student_95(static_cast<double>(scatter.freedom)) * result.standard_error;
  result.interval = {result.mean, result.mean - half, result.mean + half};
  return result;
}

}  // namespace turngreen::explore
