#include "configuration_values.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string_view>

#include "turngreen/explore/configuration_summary.h"

namespace turngreen::explore {
namespace {

using pipeline::Outcome;
using pipeline::StageCost;

/// The element of that name, added at the end where there is none.
template <typename T>
T& named(std::vector<T>& all, const std::string& name) {
  const auto found = std::ranges::find(all, name, &T::name);
  if (found != all.end()) return *found;
  T added{};
  added.name = name;
  return all.emplace_back(std::move(added));
}

void add_domains(StageValues& stage, const std::vector<pipeline::DomainCost>& domains) {
  for (const auto& domain : domains) named(stage.domains, domain.name).energy += domain.energy;
}

/// A stage that a run went through several times counts as one.
void add_stages(std::vector<StageValues>& stages, const Outcome& outcome) {
  std::set<std::string_view> seen;
  for (const StageCost& cost : outcome.stages) {
    StageValues& stage = named(stages, cost.name);
    const double joules = cost.energy.value.in_joules();
    if (seen.insert(cost.name).second) {
      if (!cost.domains.empty()) ++stage.domain_runs;
      stage.joules.push_back(joules);
      stage.seconds.push_back(cost.time.in_seconds());
    } else {
      stage.joules.back() += joules;
      stage.seconds.back() += cost.time.in_seconds();
    }
    add_domains(stage, cost.domains);
  }
}

void add_full_run(ConfigurationValues& values, const study::Trial& trial) {
  const Outcome& outcome = *trial.outcome;
  values.full.push_back(&trial);
  values.seconds.push_back(outcome.time.in_seconds());
  if (outcome.energy) {
    values.joules.push_back(outcome.energy->value.in_joules());
    values.estimated_joules += outcome.estimated.in_joules();
    add_stages(values.stages, outcome);
  }
  for (const auto& metric : outcome.metrics) {
    if (std::isfinite(metric.value))
      named(values.metrics, metric.name).values.push_back(metric.value);
  }
}

}  // namespace

const std::vector<double>& ConfigurationValues::metric(std::string_view name) const {
  static const std::vector<double> none;
  const auto found = std::ranges::find(metrics, name, &MetricValues::name);
  return found == metrics.end() ? none : found->values;
}

std::vector<ConfigurationValues> values_by_configuration(const std::vector<study::Trial>& trials) {
  std::vector<ConfigurationValues> all;
  std::map<knobs::Configuration, std::size_t> places;
  for (const auto& trial : trials) {
    if (!trial.outcome || trial.assignment.purpose == study::Purpose::test) continue;
    const auto& configuration = trial.assignment.configuration;
    const auto [place, is_new] = places.try_emplace(configuration, all.size());
    if (is_new) all.emplace_back().configuration = configuration;
    ConfigurationValues& values = all[place->second];
    values.trials.push_back(&trial);
    const bool full =
        trial.outcome->ending == pipeline::Ending::completed && trial.assignment.fidelity >= 1;
    if (full) add_full_run(values, trial);
  }
  return all;
}

std::string name_of(const ConfigurationValues& values, const knobs::Space& space) {
  for (const auto* trial : values.trials) {
    const auto found = std::ranges::find(trial->provenance, kConfigurationName,
                                         &std::pair<std::string, std::string>::first);
    if (found != trial->provenance.end() && !found->second.empty()) return found->second;
  }
  return space.describe(values.configuration);
}

}  // namespace turngreen::explore
