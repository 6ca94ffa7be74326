#pragma once

#include <optional>
#include <string>
#include <vector>

#include "turngreen/explore/paired_bootstrap.h"
#include "turngreen/explore/repeat_mean.h"
#include "turngreen/knobs/configuration.h"
#include "turngreen/study/study_file.h"
#include "turngreen/study/trial.h"

namespace turngreen::explore {

/// What can be said of a difference.
enum class Significance {
  different,            ///< the 95 % interval of the difference excludes zero
  not_distinguishable,  ///< it does not
  not_testable,         ///< one run each and no scatter to borrow, or one side was not measured
};
std::string_view to_string(Significance significance);

/// One quantity of two configurations, from their completed full runs.
struct ComparedQuantity {
  enum class Kind { energy, seconds, metric };
  Kind kind = Kind::energy;
  std::string name;   ///< the metric's; empty: energy or time of the whole run
  std::string stage;  ///< of this stage alone; empty: the whole run
  std::optional<RepeatMean> first, second;  ///< joules, seconds or the metric's unit
  /// second less first, with its 95 % interval by Welch's t test; the interval is absent where
  /// significance is not_testable.
  std::optional<double> difference;
  std::optional<units::Bounded<double>> interval;
  std::optional<double> p_value;  ///< two-sided
  Significance significance = Significance::not_testable;
  /// difference / first; absent where first is 0 or the quantity is a metric.
  std::optional<double> change;
};

struct Comparison {
  knobs::Configuration first, second;
  std::size_t first_runs = 0, second_runs = 0;
  std::vector<ComparedQuantity> quantities;  ///< energy, seconds, the budget's metric, the other
                                             ///< metrics, then energy and seconds of each stage
  /// The budget's metric on the same rows, first as the baseline; absent: no predictions.
  std::optional<ScoreDrop> by_rows;
  std::uint64_t rows = 0;
};

/// Welch's t test (Welch 1947) for the mean of each quantity: degrees of freedom by Satterthwaite;
/// where a side has one run, the scatter pooled over the study's configurations is borrowed.
/// Completed runs at full fidelity alone count; rejected ones too, since their joules were spent.
Comparison compare(const study::StudyFile& study, const std::vector<study::Trial>& trials,
                   const knobs::Configuration& first, const knobs::Configuration& second);

}  // namespace turngreen::explore
