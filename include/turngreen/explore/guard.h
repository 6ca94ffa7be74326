#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "turngreen/explore/predictions.h"
#include "turngreen/pipeline/measurement.h"
#include "turngreen/pipeline/outcome.h"
#include "turngreen/study/study_file.h"

namespace turngreen::explore {

/// Whether a run's quality is that of something that has learned.
struct GuardVerdict {
  enum class Ruling {
    sound,       ///< nothing speaks against it
    suspicious,  ///< something does, and what was given does not decide
    degenerate,  ///< never to be recommended
  };
  Ruling ruling = Ruling::sound;
  std::string reason;  ///< one sentence with the numbers; empty where sound

  friend bool operator==(const GuardVerdict&, const GuardVerdict&) = default;
};

/// Judges one run. Degenerate: a metric is not finite; the predictions are all one class; they know
/// fewer classes than the truth and their Matthews correlation is not above 0 (95 % interval of the
/// bootstrap over rows); the budget's metric, where it is one that parse_score knows, is not above
/// what always answering the majority class scores: from the predictions, else from the class
/// counts of the study file, where either is given. With predictions, a score that exceeds it by
/// less than its noise counts as not above unless the Matthews correlation is above 0. "Not above"
/// is within 1e-9, or within the rounding of a metric written with 4 decimals or more. A score
/// between 1 and 100 is read as percent, and the sentence says so.
GuardVerdict judge(const study::QualityBudget& quality, std::span<const pipeline::Metric> metrics,
                   const Predictions* predictions = nullptr);
/// The same for a run, whose predictions are read from the file that it left, if any. Suspicious
/// where they cannot be read. Costs the reading and some milliseconds: keep the verdict.
GuardVerdict judge(const study::QualityBudget& quality, const pipeline::Outcome& outcome);

/// The score of one full run of a configuration.
struct SeededScore {
  std::uint64_t seed = 0;
  double value = 0;
};

/// What the full runs of one configuration scored on the budget's metric.
struct ConfigurationScores {
  bool baseline = false;
  std::vector<SeededScore> runs;
};

/// Looks for constant predictors where neither predictions nor class counts are given: two or more
/// configurations, none the baseline, that score the same to the last bit in all their runs, over
/// at least two seeds, and worse than each run of the baseline, while some other configuration
/// changes with the seed. A verdict for each configuration, in order: suspicious or sound.
std::vector<GuardVerdict> judge_repetition(std::span<const ConfigurationScores> configurations,
                                           const study::QualityBudget& quality);

}  // namespace turngreen::explore
