#pragma once

#include <cstddef>
#include <vector>

#include "turngreen/explore/configuration_summary.h"

namespace turngreen::explore {

/// Two configurations that energy and time do not tell apart.
struct LookAlikes {
  std::size_t first = 0, second = 0;  ///< indices of the configurations, the earlier first
  double largest_difference = 0;      ///< of the energies of the stages that matter, relative
  double change = 0;                  ///< of the first against the baseline, in energy
};

/// Pairs that are the same for all that energy and time tell: for each stage that takes 1 % of the
/// baseline's energy or more, the 95 % intervals of their differences lie within 3 % (a test of
/// equivalence, as Schuirmann's two one-sided tests, 1987), and so do the means of the whole run;
/// and the baseline is 5 % or more away from both, in energy or in time. The second has another
/// knob, and yet saves the same: the same thing may have been in force in both, or the two knobs do
/// the same; what the trials' effective values say decides. Each is paired with the nearest in
/// energy alone, so that there are no more pairs than configurations. Left out: configurations with
/// fewer than two full runs, or whose runs fall into two groups, and studies without a baseline.
std::vector<LookAlikes> find_look_alikes(const std::vector<ConfigurationSummary>& configurations);

/// Configurations with knobs that are not off that are the same as the baseline in that sense: what
/// was turned shows nowhere.
std::vector<std::size_t> find_without_effect(
    const std::vector<ConfigurationSummary>& configurations);

}  // namespace turngreen::explore
