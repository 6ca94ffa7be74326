#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "turngreen/pipeline/measurement.h"
#include "turngreen/units/result.h"

namespace turngreen::report {

/// The metric that is taken for the quality, and why.
struct QualityMetric {
  std::string name;
  bool higher_is_better = true;
  std::string why;                  ///< "the only score that all runs have"
  std::vector<std::string> others;  ///< scores that it was preferred to
  std::size_t lacking = 0;          ///< runs without it
};

/// Chooses among the metrics of the runs: by `asked` where it is not empty, else a score, one that
/// all runs have before others, of test rows before those of evaluation or training, and macro-F1
/// before MCC, F1, balanced accuracy, AUC, accuracy and others. Never a loss or a time. Lower is
/// better where asked for a loss or an error. Absent: there is no score. Error: no run has what is
/// asked for.
Result<std::optional<QualityMetric>> choose_quality(
    std::span<const std::vector<pipeline::Metric>> runs, std::string_view asked);

}  // namespace turngreen::report
