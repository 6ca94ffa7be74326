#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "turngreen/pipeline/pipeline.h"

namespace turngreen::pipeline {

/// The metrics that a run tells while it goes on, against the share of its work that was done by
/// then. How much there will be is told by `total`; the stage that first tells it is the run's
/// work. Without it there is no share, and nothing is kept.
class MetricCurve {
 public:
  /// A stage is going to do so many samples in all.
  void add_total(std::string_view stage, std::uint64_t samples);
  /// A stage has done so many samples since its run's beginning.
  void add_work(std::string_view stage, std::uint64_t samples);
  void add_metric(const std::string& name, double value);

  /// In the order in which they came. Of more than kMostPoints every second one is left out.
  std::span<const MetricPoint> points() const { return points_; }
  static constexpr std::size_t kMostPoints = 4096;

 private:
  std::string stage_;
  std::uint64_t total_ = 0;  ///< 0: not told
  std::uint64_t done_ = 0;
  std::vector<MetricPoint> points_;
};

}  // namespace turngreen::pipeline
