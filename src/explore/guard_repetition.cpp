#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <set>

#include "turngreen/explore/guard.h"

namespace turngreen::explore {
namespace {

/// The one score of all its runs; absent: it has none, or several.
std::optional<double> only_score(const ConfigurationScores& configuration) {
  const auto& runs = configuration.runs;
  const bool same = std::ranges::all_of(
      runs, [&](const SeededScore& run) { return run.value == runs.front().value; });
  return !runs.empty() && same ? std::optional(runs.front().value) : std::nullopt;
}

bool worse_than_baseline(double score, std::span<const ConfigurationScores> configurations,
                         bool higher_is_better) {
  bool has_baseline = false;
  for (const ConfigurationScores& configuration : configurations) {
    if (!configuration.baseline) continue;
    for (const SeededScore& run : configuration.runs) {
      has_baseline = true;
      if (higher_is_better ? score >= run.value : score <= run.value) return false;
    }
  }
  return has_baseline;
}

}  // namespace

std::vector<GuardVerdict> judge_repetition(std::span<const ConfigurationScores> configurations,
                                           const study::QualityBudget& quality) {
  std::vector<GuardVerdict> verdicts(configurations.size());
  bool some_vary = false;
  std::map<double, std::vector<std::size_t>> alike;
  for (std::size_t i = 0; i < configurations.size(); ++i) {
    const auto score = only_score(configurations[i]);
    some_vary = some_vary || (!configurations[i].runs.empty() && !score);
    if (score && !configurations[i].baseline) alike[*score].push_back(i);
  }
  // A pipeline without chance in it repeats all its scores: that tells nothing.
  if (!some_vary) return verdicts;

  for (const auto& [score, group] : alike) {
    std::set<std::uint64_t> seeds;
    std::size_t runs = 0;
    for (const std::size_t i : group) {
      for (const SeededScore& run : configurations[i].runs) seeds.insert(run.seed);
      runs += configurations[i].runs.size();
    }
    if (group.size() < 2 || seeds.size() < 2) continue;
    if (!worse_than_baseline(score, configurations, quality.higher_is_better)) continue;
    for (const std::size_t i : group) {
      verdicts[i] = {GuardVerdict::Ruling::suspicious,
                     fmt::format("{} different configurations score {} {} to the last digit in all "
                                 "{} runs with {} seeds: perhaps they always give the same answer; "
                                 "class_counts in the study file, or predictions, would decide",
                                 group.size(), quality.metric, score, runs, seeds.size())};
    }
  }
  return verdicts;
}

}  // namespace turngreen::explore
