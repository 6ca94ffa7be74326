#include "metric_curve.h"

#include <algorithm>

namespace turngreen::pipeline {

void MetricCurve::add_total(std::string_view stage, std::uint64_t samples) {
  if (samples == 0) return;
  if (total_ == 0) stage_ = stage;
  if (stage == stage_) total_ = samples;
}

void MetricCurve::add_work(std::string_view stage, std::uint64_t samples) {
  if (total_ > 0 && stage == stage_) done_ = samples;
}

void MetricCurve::add_metric(const std::string& name, double value) {
  if (total_ == 0 || done_ == 0) return;
  if (points_.size() == kMostPoints) {
    std::size_t index = 0;
    std::erase_if(points_, [&](const MetricPoint&) { return index++ % 2 == 1; });
  }
  // A program may do more than it said.
  const double share = static_cast<double>(done_) / static_cast<double>(total_);
  points_.push_back({name, value, std::min(share, 1.0)});
}

}  // namespace turngreen::pipeline
