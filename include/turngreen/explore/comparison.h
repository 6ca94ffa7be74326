#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "turngreen/explore/repeat_mean.h"
#include "turngreen/explore/verification.h"
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
  std::optional<double> difference;         ///< second less first; absent: one was not measured
  /// Of the difference, 95 % by Welch's t test; absent where significance is not_testable.
  std::optional<units::Bounded<double>> interval;
  std::optional<double> p_value;  ///< two-sided; likewise
  Significance significance = Significance::not_testable;
  /// difference / first; absent where first is 0 or the quantity is a metric.
  std::optional<double> change;
};

struct Comparison {
  knobs::Configuration first, second;
  std::string first_name, second_name;          ///< as ConfigurationSummary::name
  std::size_t first_runs = 0, second_runs = 0;  ///< full runs
  std::vector<ComparedQuantity> quantities;     ///< energy, seconds, the budget's metric, the other
                                                ///< metrics, then energy and seconds of each stage
  /// The budget's metric on the same rows, first in the place of the baseline; absent: no
  /// predictions.
  std::optional<PairedVerification> by_rows;
};

/// Welch's t test (Welch 1947) for the mean of each quantity: degrees of freedom by Satterthwaite;
/// where a side has one run or two, the scatter pooled over the study's configurations is borrowed.
/// Completed runs at full fidelity alone count, not those on the test rows; rejected ones too,
/// since their joules were spent.
Comparison compare(const study::StudyFile& study, const std::vector<study::Trial>& trials,
                   const knobs::Configuration& first, const knobs::Configuration& second);

}  // namespace turngreen::explore
