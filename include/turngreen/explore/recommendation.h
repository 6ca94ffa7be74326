#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "turngreen/knobs/configuration.h"
#include "turngreen/units/bounded.h"
#include "turngreen/units/energy.h"

namespace turngreen::explore {

/// What a study advises, as of its trials. Intervals hold 95 % of the models' posterior; they
/// include the scatter between runs, not a sensor's systematic error, which a ratio cancels.
struct Recommendation {
  knobs::Configuration configuration;  ///< the baseline, where nothing is better
  bool better_than_baseline = false;
  /// Share of the objective that it saves against the baseline; below 1, negative if it costs more.
  units::Bounded<double> saving;
  std::optional<units::Bounded<double>> quality;  ///< of the study's metric
  std::optional<units::Bounded<double>> drop;     ///< against the baseline; positive is worse
  double probability_within_budget = 0;
  std::size_t full_runs = 0;  ///< completed at full fidelity
  std::size_t baseline_full_runs = 0;
  /// The baseline's full run. Absent: the objective is not energy, or no run told.
  std::optional<units::Bounded<units::Energy>> baseline_energy;
};

/// A configuration that can never be recommended, and why, in one sentence with the numbers.
struct Rejection {
  knobs::Configuration configuration;
  std::string reason;
};

}  // namespace turngreen::explore
