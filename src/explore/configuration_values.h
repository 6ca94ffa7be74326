#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "turngreen/knobs/configuration.h"
#include "turngreen/knobs/space.h"
#include "turngreen/pipeline/outcome.h"
#include "turngreen/study/trial.h"

namespace turngreen::explore {

/// What full runs gave for one stage, a value for each run that told it.
struct StageValues {
  std::string name;
  std::vector<double> joules, seconds;
  std::vector<pipeline::DomainCost> domains;  ///< sums over the runs that tell domains ...
  std::size_t domain_runs = 0;                ///< ... and how many those are
};

struct MetricValues {
  std::string name;
  std::vector<double> values;  ///< finite
};

/// What is on record of one configuration.
struct ConfigurationValues {
  knobs::Configuration configuration;
  std::vector<const study::Trial*> trials;  ///< finished, however they ended; borrowed
  std::vector<const study::Trial*> full;    ///< those that completed the full job
  std::vector<double> joules, seconds;      ///< of full runs; joules where they were measured
  double estimated_joules = 0;              ///< the part of the sum of `joules` that was estimated
  std::vector<StageValues> stages;          ///< in the order of their first appearance
  std::vector<MetricValues> metrics;        ///< likewise

  /// Of a metric; empty: no full run told it.
  const std::vector<double>& metric(std::string_view name) const;
};

/// In the order of their first finished trial. Runs on the test rows are left out: their scores are
/// not to be mixed with the others.
std::vector<ConfigurationValues> values_by_configuration(const std::vector<study::Trial>& trials);

/// The name that it was imported by, else what Space::describe says.
std::string name_of(const ConfigurationValues& values, const knobs::Space& space);

}  // namespace turngreen::explore
