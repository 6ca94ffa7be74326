#pragma once

#include <map>
#include <optional>
#include <string>

#include "configuration_values.h"
#include "turngreen/explore/repeat_mean.h"

namespace turngreen::explore {

/// The scatter between repeats of a whole study, of each quantity on its own: that of a stage of a
/// second is not that of a stage of an hour. Configurations whose runs fall into two groups
/// (two_clusters) are left out: the gap between the groups is no scatter.
class PooledScatter {
 public:
  explicit PooledScatter(const std::vector<ConfigurationValues>& configurations);

  /// The mean of energies or times; `stage` is empty for the whole run. None is below 0, so that
  /// the interval ends there. Absent: no values.
  std::optional<RepeatMean> joules(const std::vector<double>& values,
                                   const std::string& stage = {}) const;
  std::optional<RepeatMean> seconds(const std::vector<double>& values,
                                    const std::string& stage = {}) const;
  std::optional<RepeatMean> metric(const std::vector<double>& values,
                                   const std::string& name) const;

 private:
  std::map<std::string, RepeatScatter> joules_, seconds_;  ///< on the logarithms, by stage
  std::map<std::string, RepeatScatter> metrics_;
};

}  // namespace turngreen::explore
