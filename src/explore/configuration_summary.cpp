#include "turngreen/explore/configuration_summary.h"

#include <algorithm>
#include <array>

#include "configuration_status.h"
#include "configuration_values.h"
#include "mean_difference.h"
#include "pooled_scatter.h"
#include "turngreen/explore/repeat_clusters.h"

namespace turngreen::explore {
namespace {

struct StatusWord {
  Status value;
  std::string_view word;
};
constexpr std::array kStatuses{
    StatusWord{Status::recommended, "recommended"}, StatusWord{Status::frontier, "frontier"},
    StatusWord{Status::dominated, "dominated"},     StatusWord{Status::degenerate, "degenerate"},
    StatusWord{Status::set_aside, "set aside"},     StatusWord{Status::failed, "failed"}};
struct QuadrantWord {
  Quadrant value;
  std::string_view word;
};
constexpr std::array kQuadrants{QuadrantWord{Quadrant::baseline, "baseline"},
                                QuadrantWord{Quadrant::saves_both, "saves both"},
                                QuadrantWord{Quadrant::saves_energy_only, "saves energy only"},
                                QuadrantWord{Quadrant::saves_time_only, "saves time only"},
                                QuadrantWord{Quadrant::costs_both, "costs both"}};

StageSummary summary_of(const StageValues& values, const PooledScatter& scatter) {
  StageSummary summary;
  summary.name = values.name;
  summary.energy = scatter.joules(values.joules, values.name);
  summary.seconds = scatter.seconds(values.seconds, values.name);
  for (const auto& domain : values.domains) {
    summary.domains.push_back(
        {domain.name, domain.energy.in_joules() / static_cast<double>(values.domain_runs)});
  }
  return summary;
}

ConfigurationSummary summary_of(const ConfigurationValues& values, const study::StudyFile& study,
                                const PooledScatter& scatter) {
  ConfigurationSummary summary;
  summary.configuration = values.configuration;
  summary.name = name_of(values, study.space);
  summary.is_baseline = study.space.is_baseline(values.configuration);
  summary.runs = values.trials.size();
  summary.full_runs = values.full.size();
  for (const auto* trial : values.trials) summary.trials.push_back(trial->number);
  summary.energy = scatter.joules(values.joules);
  double sum = 0;
  for (const double joules : values.joules) sum += joules;
  if (sum > 0) summary.estimated_share = values.estimated_joules / sum;
  summary.two_groups = two_clusters(values.joules).has_value();
  summary.seconds = scatter.seconds(values.seconds);
  for (const auto& [name, metric] : values.metrics) {
    if (const auto mean = scatter.metric(metric, name)) summary.metrics.push_back({name, *mean});
  }
  summary.quality = scatter.metric(values.metric(study.quality.metric), study.quality.metric);
  for (const auto& stage : values.stages) summary.stages.push_back(summary_of(stage, scatter));
  return summary;
}

std::optional<RelativeChange> change_of(const std::optional<RepeatMean>& from,
                                        const std::optional<RepeatMean>& to) {
  if (!from || !to) return std::nullopt;
  const auto found = relative_difference(*from, *to);
  if (!found) return std::nullopt;
  return RelativeChange{found->value, found->interval};
}

Quadrant quadrant_of(double energy, double seconds) {
  if (energy == 0 && seconds == 0) return Quadrant::baseline;
  if (energy <= 0) return seconds <= 0 ? Quadrant::saves_both : Quadrant::saves_energy_only;
  return seconds <= 0 ? Quadrant::saves_time_only : Quadrant::costs_both;
}

/// `Part` is a configuration or a stage: both have energy and seconds.
template <typename Part>
Change change_between(const Part& baseline, const Part& other) {
  Change change{change_of(baseline.energy, other.energy),
                change_of(baseline.seconds, other.seconds), std::nullopt};
  if (change.energy && change.seconds) {
    change.quadrant = quadrant_of(change.energy->value, change.seconds->value);
  }
  return change;
}

/// The baseline differs from itself by nothing, and that for certain.
Change no_change(bool energy, bool seconds) {
  const RelativeChange none{0, units::Bounded<double>{}};
  return {energy ? std::optional(none) : std::nullopt, seconds ? std::optional(none) : std::nullopt,
          energy && seconds ? std::optional(Quadrant::baseline) : std::nullopt};
}

void add_changes(const ConfigurationSummary& baseline, ConfigurationSummary& other) {
  other.change = change_between(baseline, other);
  for (auto& stage : other.stages) {
    const auto same = std::ranges::find(baseline.stages, stage.name, &StageSummary::name);
    if (same != baseline.stages.end()) stage.change = change_between(*same, stage);
  }
}

void add_no_changes(ConfigurationSummary& baseline) {
  baseline.change = no_change(baseline.energy.has_value(), baseline.seconds.has_value());
  for (auto& stage : baseline.stages) {
    stage.change = no_change(stage.energy.has_value(), stage.seconds.has_value());
  }
}

}  // namespace

std::string_view to_string(Status status) {
  const auto found = std::ranges::find(kStatuses, status, &StatusWord::value);
  return found == kStatuses.end() ? std::string_view() : found->word;
}

std::string_view to_string(Quadrant quadrant) {
  const auto found = std::ranges::find(kQuadrants, quadrant, &QuadrantWord::value);
  return found == kQuadrants.end() ? std::string_view() : found->word;
}

std::vector<ConfigurationSummary> summarise_configurations(
    const study::StudyFile& study, const std::vector<study::Trial>& trials) {
  auto values = values_by_configuration(trials);
  std::stable_partition(values.begin(), values.end(), [&](const ConfigurationValues& each) {
    return study.space.is_baseline(each.configuration);
  });
  const PooledScatter scatter(values);
  std::vector<ConfigurationSummary> summaries;
  for (const auto& each : values) summaries.push_back(summary_of(each, study, scatter));
  if (!summaries.empty() && summaries.front().is_baseline) {
    for (auto& summary : std::span(summaries).subspan(1)) add_changes(summaries.front(), summary);
    add_no_changes(summaries.front());
  }
  judge_configurations(study, values, summaries);
  return summaries;
}

}  // namespace turngreen::explore
