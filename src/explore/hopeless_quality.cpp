#include "turngreen/explore/hopeless_quality.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>
#include <vector>

#include "turngreen/explore/learning_curve.h"
#include "turngreen/knobs/value.h"

namespace turngreen::explore {
namespace {

constexpr std::size_t kFewestPoints = 6;
constexpr double kLeastWork = 0.25;
/// Later than this, what is left of the run costs less than to doubt it.
constexpr double kMostWork = 0.9;
/// As many tell the curve as well as all, and are fitted in a millisecond while the run goes on.
constexpr std::size_t kMostFitted = 64;
constexpr double kCheckedAt = 0.6;
constexpr std::string_view kForetold = "foretold_quality";
constexpr std::string_view kCurveGap = "curve_gap";

std::optional<double> number_note(const study::Trial& trial, std::string_view name) {
  const auto found =
      std::ranges::find(trial.provenance, name, &std::pair<std::string, std::string>::first);
  if (found == trial.provenance.end()) return std::nullopt;
  return knobs::Value(found->second).number();
}

std::vector<LearningPoint> points_of(std::span<const pipeline::MetricPoint> curve,
                                     const std::string& metric) {
  std::vector<LearningPoint> points;
  for (const auto& point : curve) {
    if (point.name == metric && std::isfinite(point.value) && point.share >= kLeastShare) {
      points.push_back({point.share, point.value});
    }
  }
  const std::size_t stride = points.size() / kMostFitted + 1;
  std::size_t from_end = points.size();
  if (stride > 1) std::erase_if(points, [&](const auto&) { return --from_end % stride != 0; });
  return points;
}

}  // namespace

std::optional<HopelessQuality> QualityWatch::look(std::span<const pipeline::MetricPoint> curve) {
  const auto points = points_of(curve, limit_.metric);
  if (points.size() < kFewestPoints) return std::nullopt;
  const double share = points.back().share;
  if (share < kLeastWork || share > kMostWork || share <= seen_share_) return std::nullopt;
  seen_share_ = share;
  const auto fitted = LearningCurve::fit(points);
  if (!fitted) return std::nullopt;
  const auto end = fitted->at(1);
  const bool out_of_reach = limit_.higher_is_better ? end.high + limit_.allowance < limit_.worst
                                                    : end.low - limit_.allowance > limit_.worst;
  // Asked again and again, chance would have its way once.
  if (!std::exchange(suspected_, out_of_reach) || !out_of_reach) return std::nullopt;
  return HopelessQuality{
      end,
      fmt::format("hopeless: after {:.0f} % of the work its {} is {:.4g}, which comes to {:.4g} "
                  "({:.4g} .. {:.4g}) at the end; {} {:.4g} is clearly beyond the quality "
                  "budget",
                  100 * share, limit_.metric, points.back().quality, end.value, end.low, end.high,
                  limit_.higher_is_better ? "below" : "above", limit_.worst)};
}

void note_foretold_quality(study::Trial& trial, double quality) {
  trial.provenance.emplace_back(kForetold, fmt::format("{}", quality));
}

std::optional<double> foretold_quality_note(const study::Trial& trial) {
  return number_note(trial, kForetold);
}

std::optional<double> curve_gap(const std::string& metric, double came,
                                std::span<const pipeline::MetricPoint> curve) {
  auto points = points_of(curve, metric);
  std::erase_if(points, [](const LearningPoint& point) { return point.share > kCheckedAt; });
  if (points.size() < kFewestPoints || points.back().share < kLeastWork) return std::nullopt;
  const auto fitted = LearningCurve::fit(points);
  if (!fitted) return std::nullopt;
  return came - fitted->at(1).value;
}

void note_curve_gap(study::Trial& trial, double gap) {
  trial.provenance.emplace_back(kCurveGap, fmt::format("{}", gap));
}

std::optional<double> curve_gap_note(const study::Trial& trial) {
  return number_note(trial, kCurveGap);
}

}  // namespace turngreen::explore
