#pragma once

#include <string>
#include <vector>

#include "turngreen/explore/configuration_summary.h"

namespace turngreen::explore {

/// Two configurations that no measured quantity tells apart.
struct LookAlikes {
  std::size_t first = 0, second = 0;  ///< indices of the configurations
  double largest_difference = 0;      ///< of the energies of the stages that matter, relative
  double change = 0;                  ///< of both against the baseline, in energy
};

/// Pairs whose energy agrees, within twice the scatter between repeats and 2 % at most, in all
/// stages that take 1 % of the baseline's energy or more, and whose energies and times differ from
/// the baseline's by 5 % or more: the second has another knob, and yet saves the same. Then the
/// same thing may have been in force in both, or the two knobs do the same; what the trials'
/// effective values say decides. Configurations with fewer than two full runs are left out.
std::vector<LookAlikes> find_look_alikes(const std::vector<ConfigurationSummary>& configurations);

/// Configurations with knobs that are not off whose energy and time agree with the baseline's in
/// the same sense: what was turned shows nowhere.
std::vector<std::size_t> find_without_effect(
    const std::vector<ConfigurationSummary>& configurations);

}  // namespace turngreen::explore
