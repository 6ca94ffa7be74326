#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "turngreen/explore/configuration_summary.h"
#include "turngreen/explore/explanation.h"

namespace turngreen::explore {

/// The three routes that the study of departure recommends.
enum class Route { accuracy_first, maximum_efficiency, latency_first };
std::string_view to_string(Route route);

/// One knob on the way to a configuration.
struct PathwayStep {
  std::size_t knob = 0;
  knobs::Level level = 0;
  double factor = 1;      ///< what adding it does to the energy there, by the cascade model
  double cumulative = 1;  ///< of the baseline's energy, so far
  /// Of the budget's metric so far, the knobs' own changes added up; absent: not known.
  std::optional<double> quality_change;
};

/// A route: where it leads, and the order in which to stack its knobs (most saving first, given
/// those before).
struct Pathway {
  Route route = Route::maximum_efficiency;
  std::size_t configuration = 0;  ///< index among the summaries; the baseline: nothing is better
  std::vector<PathwayStep> steps;
  std::string reason;  ///< why this one, one sentence with the numbers
};

/// accuracy_first: the least energy among sound configurations whose mean quality is not below the
/// lower end of the baseline's interval. maximum_efficiency: what the study recommends, within the
/// quality budget. latency_first: the least time of the stage that serves (evaluate, predict,
/// inference, serve; of the whole run where there is none) within the budget by the means.
std::vector<Pathway> pathways_of(const study::StudyFile& study,
                                 const std::vector<ConfigurationSummary>& configurations,
                                 const Explanation& explanation);

}  // namespace turngreen::explore
