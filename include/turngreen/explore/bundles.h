#pragma once

#include <cstddef>
#include <vector>

#include "turngreen/explore/configuration_summary.h"
#include "turngreen/knobs/space.h"

namespace turngreen::explore {

/// A configuration with two knobs or more that are not off, beside what its knobs did alone.
struct Bundle {
  std::size_t configuration = 0;  ///< index
  std::size_t parts = 0;          ///< knobs that are not off
  /// Those of which no full run alone exists; the cascade takes them as 1, and says so here.
  std::vector<std::size_t> unknown_parts;
  double predicted_saving = 0;  ///< of the energy; below 1
  /// 95 %; the bounds are infinite where nothing tells the scatter.
  units::Bounded<double> observed_saving;
  /// Observed less predicted; below 0: the bundle saves less than its parts promise. The interval
  /// holds the scatter of the bundle's, the parts' and the baseline's runs, by the delta method;
  /// its bounds are infinite likewise.
  units::Bounded<double> beyond;
};

/// The stage-wise cascade without interactions: for each stage, the baseline's energy times the
/// product of (energy with one part alone / baseline's energy); the stages' sum against the
/// baseline's. Needs the baseline's full runs; a stage that a part's runs lack counts as unchanged.
/// Bundles all of whose parts are unknown, or whose own energy is, are left out.
std::vector<Bundle> bundles_of(const knobs::Space& space,
                               const std::vector<ConfigurationSummary>& configurations);

}  // namespace turngreen::explore
