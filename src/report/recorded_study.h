#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "quality_metric.h"
#include "turngreen/knobs/knob.h"

namespace turngreen::report {

/// What the study file of imported trials says.
struct RecordedStudy {
  std::string name;
  std::string source;  ///< "codecarbon"
  std::span<const knobs::Knob> knobs;
  std::optional<QualityMetric> quality;  ///< absent: energy and time alone
  std::optional<double> max_drop;        ///< in the metric's unit; absent: 1 % of the baseline's
  std::vector<std::uint64_t> class_counts;
};

/// The share of the baseline's quality that may be given up where nothing is said.
inline constexpr double kAssumedDrop = 0.01;

/// A study file (docs/study.md) with `pipeline: {recorded: ...}`.
std::string recorded_study_text(const RecordedStudy& study);

/// A text as the name of a study: what may not stand in one becomes '_', 64 bytes at most.
std::string study_name(std::string_view text);

}  // namespace turngreen::report
