#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace turngreen::explore {

/// Repeats of one configuration that fall into two groups: what they have in common is not a mean.
struct RepeatClusters {
  std::vector<std::size_t> low, high;  ///< indices of the values
  double low_mean = 0;
  double high_mean = 0;
};

/// Two groups with a gap between them that is larger than 5 times the range within either, and than
/// 10 % of the lower group's mean. Absent: one group, fewer than 3 values, a value that is not
/// finite or not above 0. One value may be a group where the other holds two or more.
std::optional<RepeatClusters> two_clusters(std::span<const double> values);

/// "2 of 4 runs took 0.5127 kWh, 2 took 0.6537 kWh: two groups, not one mean".
std::string sentence(const RepeatClusters& clusters, std::string_view unit);

}  // namespace turngreen::explore
