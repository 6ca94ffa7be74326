#pragma once

#include <cstddef>
#include <optional>
#include <span>

#include "turngreen/units/bounded.h"

namespace turngreen::explore {

/// The scatter of repeats, pooled over configurations: what a configuration with one run borrows.
struct RepeatScatter {
  double variance = 0;      ///< pooled, in the square of the values' unit
  std::size_t freedom = 0;  ///< degrees of freedom; 0: no configuration was repeated
};
/// Pools the sums of squares of the groups' values around their own means.
RepeatScatter pool_scatter(std::span<const std::span<const double>> groups);

/// The mean of repeats and its 95 % interval by Student's t: from the values' own scatter where
/// there are three or more, else from `pooled`, where that has degrees of freedom. `interval` is
/// absent where neither tells: a single run, and nothing that was repeated.
struct RepeatMean {
  double mean = 0;
  std::size_t runs = 0;
  std::optional<units::Bounded<double>> interval;  ///< its value is `mean`
};
/// Absent: no values. All are finite.
std::optional<RepeatMean> repeat_mean(std::span<const double> values,
                                      const RepeatScatter& pooled = {});

/// Quantile of Student's t distribution for a two-sided 95 % interval; `freedom` is 1 or more.
double student_95(double freedom);

}  // namespace turngreen::explore
