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
  bool within_budget_alone = true;  ///< stopping here keeps the quality budget, by the model
};

/// A route: where it leads, and the order in which to stack its knobs (most saving first, given
/// those before).
struct Pathway {
  Route route = Route::maximum_efficiency;
  std::size_t configuration = 0;  ///< index among the summaries; the baseline: nothing is better
  std::vector<PathwayStep> steps;
  std::string reason;  ///< why this one, one sentence with the numbers
};

/// accuracy_first: the least energy among sound configurations whose quality is not below the
/// baseline's (their 95 % intervals overlap, or it is better). maximum_efficiency: the least energy
/// within the quality budget. latency_first: the least seconds of the stage that serves (evaluate,
/// predict, inference, serve; else of the whole run) within the budget.
std::vector<Pathway> pathways_of(const study::StudyFile& study,
                                 const std::vector<ConfigurationSummary>& configurations,
                                 const Explanation& explanation);

}  // namespace turngreen::explore
