#pragma once

#include <optional>

#include "turngreen/explore/repeat_mean.h"

namespace turngreen::explore {

/// A difference of two means, with what Welch's t test says of it.
struct MeanDifference {
  double value = 0;
  std::optional<units::Bounded<double>> interval;  ///< 95 %; absent: no scatter is known
  std::optional<double> p_value;                   ///< two-sided; likewise
};

/// Of independent means: Welch, "The generalization of 'Student's' problem when several different
/// population variances are involved", 1947; degrees of freedom by Satterthwaite. Where both have
/// borrowed one pooled scatter, the degrees of freedom are that pool's.
MeanDifference difference(const RepeatMean& from, const RepeatMean& to);

/// to / from - 1: the same test on the logarithms, by the delta method (-0.2 is 20 % less). Absent:
/// one of them is not above 0.
std::optional<MeanDifference> relative_difference(const RepeatMean& from, const RepeatMean& to);

}  // namespace turngreen::explore
