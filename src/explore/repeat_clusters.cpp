#include "turngreen/explore/repeat_clusters.h"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace turngreen::explore {
namespace {

constexpr std::size_t kFewestValues = 3;
constexpr double kGapInRanges = 5;
constexpr double kGapInMeans = 0.1;

double mean_of(std::span<const double> values, std::span<const std::size_t> indices) {
  double sum = 0;
  for (const std::size_t index : indices) sum += values[index];
  return sum / static_cast<double>(indices.size());
}

}  // namespace

std::optional<RepeatClusters> two_clusters(std::span<const double> values) {
  const bool usable =
      std::ranges::all_of(values, [](double value) { return std::isfinite(value) && value > 0; });
  if (values.size() < kFewestValues || !usable) return std::nullopt;

  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&](std::size_t index) { return values[index]; });
  const auto value = [&](std::size_t place) { return values[order[place]]; };
  std::size_t split = 1;
  for (std::size_t place = 2; place < order.size(); ++place) {
    if (value(place) - value(place - 1) > value(split) - value(split - 1)) split = place;
  }

  const double gap = value(split) - value(split - 1);
  const double range =
      std::max(value(split - 1) - value(0), value(order.size() - 1) - value(split));
  RepeatClusters clusters;
  const auto middle = order.begin() + static_cast<std::ptrdiff_t>(split);
  clusters.low.assign(order.begin(), middle);
  clusters.high.assign(middle, order.end());
  clusters.low_mean = mean_of(values, clusters.low);
  clusters.high_mean = mean_of(values, clusters.high);
  const bool apart = gap > kGapInRanges * range && gap > kGapInMeans * clusters.low_mean;
  return apart ? std::optional(std::move(clusters)) : std::nullopt;
}

std::string sentence(const RepeatClusters& clusters, std::string_view unit) {
  return fmt::format("{} of {} runs took {:.4g} {}, {} took {:.4g} {}: two groups, not one mean",
                     clusters.low.size(), clusters.low.size() + clusters.high.size(),
                     clusters.low_mean, unit, clusters.high.size(), clusters.high_mean, unit);
}

}  // namespace turngreen::explore
