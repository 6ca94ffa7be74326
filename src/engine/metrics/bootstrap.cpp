#include "bootstrap.h"

#include <algorithm>
#include <cmath>

namespace turngreen::metrics {
namespace {

/// Share of the resamples that must have a figure for it to have an interval.
constexpr double kDefinedAtLeast = 0.9;

/// SplitMix64 (Steele, Lea and Flood 2014): small, fast, and the same on every platform.
class SplitMix {
 public:
  explicit SplitMix(std::uint64_t seed) : state_(seed) {}

  /// Below `limit`, which is under 2^32; the bias is below limit / 2^32.
  std::uint32_t below(std::uint64_t limit) {
    return static_cast<std::uint32_t>(((next() >> 32) * limit) >> 32);
  }

 private:
  std::uint64_t next() {
    std::uint64_t mixed = state_ += 0x9E3779B97F4A7C15;
    mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
    mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
    return mixed ^ (mixed >> 31);
  }

  std::uint64_t state_;
};

/// Between neighbours in proportion, as numpy. `sorted` is not empty.
double quantile(const std::vector<double>& sorted, double share) {
  const double place = share * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(std::floor(place));
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (sorted[above] - sorted[below]) * (place - std::floor(place));
}

std::optional<Interval> interval_of(std::vector<double> values, const MetricOptions& options) {
  const auto defined = static_cast<double>(values.size());
  if (values.empty() || defined < kDefinedAtLeast * static_cast<double>(options.resamples)) {
    return std::nullopt;
  }
  std::sort(values.begin(), values.end());
  const double outside = (1 - options.confidence) / 2;
  return Interval{quantile(values, outside), quantile(values, 1 - outside)};
}

}  // namespace

std::vector<std::optional<Interval>> bootstrap_intervals(const ScoreTable& table, std::size_t rows,
                                                         const MetricOptions& options) {
  std::vector<std::vector<double>> drawn(table.names.size());
  std::vector<std::uint32_t> weights(rows);
  SplitMix random(options.seed);
  for (std::int64_t resample = 0; resample < options.resamples; ++resample) {
    std::fill(weights.begin(), weights.end(), 0U);
    for (std::size_t row = 0; row < rows; ++row) ++weights[random.below(rows)];
    const auto values = table.values(weights);
    for (std::size_t at = 0; at < values.size(); ++at) {
      if (values[at]) drawn[at].push_back(*values[at]);
    }
  }
  std::vector<std::optional<Interval>> intervals;
  for (auto& values : drawn) intervals.push_back(interval_of(std::move(values), options));
  return intervals;
}

}  // namespace turngreen::metrics
