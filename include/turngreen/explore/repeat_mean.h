#pragma once

#include <cstddef>
#include <optional>
#include <span>

#include "turngreen/units/bounded.h"

namespace turngreen::explore {

/// The scatter of repeats, pooled over configurations: what a configuration with one run borrows.
/// Energies and times scatter in proportion to their size, so theirs is pooled on the logarithms,
/// and `scaled` by a mean where it is borrowed; metrics are pooled as they are.
struct RepeatScatter {
  double variance = 0;      ///< pooled, in the square of the values' unit
  std::size_t freedom = 0;  ///< degrees of freedom; 0: no configuration was repeated

  /// That of values which are larger by this factor.
  RepeatScatter scaled(double factor) const { return {variance * factor * factor, freedom}; }
};
/// Pools the sums of squares of the groups' values around their own means.
RepeatScatter pool_scatter(std::span<const std::span<const double>> groups);

/// The mean of repeats and its 95 % interval by Student's t: from the values' own scatter where
/// there are three or more, else from `pooled`, where that has degrees of freedom, else from what
/// two values tell. `interval` is absent where nothing tells: a single run, and nothing that was
/// repeated.
struct RepeatMean {
  double mean = 0;
  std::size_t runs = 0;
  std::optional<units::Bounded<double>> interval;  ///< its value is `mean`
  double standard_error = 0;  ///< of the mean; of use where `interval` is there
  std::size_t freedom = 0;    ///< degrees of freedom behind it
};
/// Absent: no values. All are finite.
std::optional<RepeatMean> repeat_mean(std::span<const double> values,
                                      const RepeatScatter& pooled = {});

/// Quantile of Student's t distribution for a two-sided 95 % interval; `freedom` is 1 or more and
/// need not be whole.
double student_95(double freedom);

}  // namespace turngreen::explore
