#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>

#include "turngreen/pipeline/pipeline.h"
#include "turngreen/study/trial.h"
#include "turngreen/units/bounded.h"

namespace turngreen::explore {

/// What a trial has to be able to reach for its end to be worth waiting for.
struct QualityLimit {
  std::string metric;
  bool higher_is_better = true;
  double worst = 0;  ///< final value from which on it is clearly beyond the quality budget
  /// By how much learning curves have missed what runs then came to; 0 or more. What is told on the
  /// way may be taken on fewer rows, or rise late: then it is not held against a trial.
  double allowance = 0;
};

/// That a trial cannot reach it any more.
struct HopelessQuality {
  units::Bounded<double> foretold;  ///< its final value, with its 95 % interval
  std::string reason;               ///< one sentence with the numbers
};

/// Follows a running trial's metric by its learning curve. It speaks where the better end of the
/// final value's 95 % interval, with the allowance, is worse than the limit twice running, and not
/// before a quarter of the work is done and the metric was told six times.
class QualityWatch {
 public:
  explicit QualityWatch(QualityLimit limit) : limit_(std::move(limit)) {}

  /// Absent: it may still get there, it is too early to tell, or nothing new has come since.
  std::optional<HopelessQuality> look(std::span<const pipeline::MetricPoint> curve);

 private:
  QualityLimit limit_;
  double seen_share_ = 0;
  bool suspected_ = false;  ///< the last look found it out of reach
};

/// By how much a run came out above what its curve had foretold by six tenths of its work. Absent:
/// it told too little by then.
std::optional<double> curve_gap(const std::string& metric, double came,
                                std::span<const pipeline::MetricPoint> curve);
void note_curve_gap(study::Trial& trial, double gap);
std::optional<double> curve_gap_note(const study::Trial& trial);

/// Notes with a trial that was stopped what it would have come to.
void note_foretold_quality(study::Trial& trial, double quality);
std::optional<double> foretold_quality_note(const study::Trial& trial);

}  // namespace turngreen::explore
