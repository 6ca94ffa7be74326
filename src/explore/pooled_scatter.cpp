#include "pooled_scatter.h"

#include <algorithm>
#include <cmath>
#include <span>

#include "turngreen/explore/repeat_clusters.h"

namespace turngreen::explore {
namespace {

using Groups = std::map<std::string, std::vector<std::vector<double>>>;

std::map<std::string, RepeatScatter> pooled(const Groups& groups_by_name) {
  std::map<std::string, RepeatScatter> scatters;
  for (const auto& [name, groups] : groups_by_name) {
    const std::vector<std::span<const double>> spans(groups.begin(), groups.end());
    scatters[name] = pool_scatter(spans);
  }
  return scatters;
}

/// A value of 0 (a table may hold it) has no logarithm: such repeats tell no relative scatter.
void add_logarithms(Groups& groups, const std::string& name, const std::vector<double>& values) {
  const bool positive = std::ranges::all_of(values, [](double value) { return value > 0; });
  if (values.size() < 2 || !positive) return;
  auto& logarithms = groups[name].emplace_back();
  for (const double value : values) logarithms.push_back(std::log(value));
}

RepeatScatter find(const std::map<std::string, RepeatScatter>& scatters, const std::string& name) {
  const auto found = scatters.find(name);
  return found == scatters.end() ? RepeatScatter() : found->second;
}

std::optional<RepeatMean> mean_of_amounts(const std::vector<double>& values,
                                          const RepeatScatter& relative) {
  auto mean = repeat_mean(values);
  if (!mean) return mean;
  mean = repeat_mean(values, relative.scaled(mean->mean));
  if (mean->interval) mean->interval->low = std::max(0.0, mean->interval->low);
  return mean;
}

}  // namespace

PooledScatter::PooledScatter(const std::vector<ConfigurationValues>& configurations) {
  Groups joules;
  Groups seconds;
  Groups metrics;
  for (const auto& each : configurations) {
    if (two_clusters(each.joules) || two_clusters(each.seconds)) continue;
    add_logarithms(joules, {}, each.joules);
    add_logarithms(seconds, {}, each.seconds);
    for (const auto& stage : each.stages) {
      add_logarithms(joules, stage.name, stage.joules);
      add_logarithms(seconds, stage.name, stage.seconds);
    }
    for (const auto& metric : each.metrics) metrics[metric.name].push_back(metric.values);
  }
  joules_ = pooled(joules);
  seconds_ = pooled(seconds);
  metrics_ = pooled(metrics);
}

std::optional<RepeatMean> PooledScatter::joules(const std::vector<double>& values,
                                                const std::string& stage) const {
  return mean_of_amounts(values, find(joules_, stage));
}

std::optional<RepeatMean> PooledScatter::seconds(const std::vector<double>& values,
                                                 const std::string& stage) const {
  return mean_of_amounts(values, find(seconds_, stage));
}

std::optional<RepeatMean> PooledScatter::metric(const std::vector<double>& values,
                                                const std::string& name) const {
  return repeat_mean(values, find(metrics_, name));
}

}  // namespace turngreen::explore
