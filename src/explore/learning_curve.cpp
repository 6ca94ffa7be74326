#include "turngreen/explore/learning_curve.h"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "normal_distribution.h"
#include "turngreen/pipeline/repeat.h"

namespace turngreen::explore {
namespace {

constexpr std::size_t kFewestShares = 3;
constexpr std::size_t kFewestWithoutNoise = 4;  // the curve has three parameters
constexpr std::size_t kExponents = 81;
constexpr double kLeastExponent = 0.05;
constexpr double kGreatestExponent = 5;
/// Most learning curves have exponents around this one, within a factor of e either way.
constexpr double kUsualExponent = 0.5;
constexpr double kLogSpread = 1;
constexpr double kLargest = 1e100;    ///< of qualities and noise, so that squares are finite
constexpr double kNegligible = 1e-6;  ///< weight of an exponent against the best one's

std::optional<Error> fault_in(std::span<const LearningPoint> points, std::optional<double> noise) {
  std::set<double> shares;
  for (const LearningPoint& point : points) {
    if (!(point.share >= kLeastShare && point.share <= 1) ||
        !(std::abs(point.quality) <= kLargest)) {
      return Error{Error::Kind::invalid_input,
                   fmt::format("a quality of {} after a share of {}; shares lie between {} and 1, "
                               "qualities are finite",
                               point.quality, point.share, kLeastShare)};
    }
    shares.insert(point.share);
  }
  if (shares.size() < kFewestShares) {
    return Error{Error::Kind::invalid_input,
                 fmt::format("{} different shares of the job; a learning curve needs {} or more",
                             shares.size(), kFewestShares)};
  }
  if (!noise && points.size() < kFewestWithoutNoise) {
    return Error{Error::Kind::invalid_input,
                 fmt::format("{} points lie on some learning curve, so they do not tell their "
                             "noise: give it, or {} points",
                             points.size(), kFewestWithoutNoise)};
  }
  if (noise && !(*noise > 0 && *noise <= kLargest)) {
    return Error{Error::Kind::invalid_input,
                 fmt::format("noise of {}; it is a standard deviation above 0", *noise)};
  }
  return std::nullopt;
}

/// Of a normal distribution; a deviation of 0 is a step.
double probability_below(double value, double mean, double deviation) {
  if (deviation <= 0) return value >= mean ? 1 : 0;
  return normal_probability((value - mean) / deviation);
}

double surprise(double exponent) {
  const double z = std::log(exponent / kUsualExponent) / kLogSpread;
  return z * z / 2;
}

}  // namespace

LearningCurve::Candidate LearningCurve::fit_with_exponent(std::span<const LearningPoint> points,
                                                          double exponent) {
  // Quality is linear in x = -share^-c: ceiling + gain * x, about the mean of x.
  const auto count = static_cast<double>(points.size());
  const auto x_of = [&](const LearningPoint& point) { return -std::pow(point.share, -exponent); };
  double mean_x = 0;
  double mean_y = 0;
  for (const LearningPoint& point : points) {
    mean_x += x_of(point) / count;
    mean_y += point.quality / count;
  }
  double xx = 0;
  double xy = 0;
  for (const LearningPoint& point : points) {
    const double x = x_of(point) - mean_x;
    xx += x * x;
    xy += x * (point.quality - mean_y);
  }
  Candidate found;
  found.exponent = exponent;
  found.gain = xy / xx;
  found.ceiling = mean_y - found.gain * mean_x;
  found.gain_variance = 1 / xx;
  found.ceiling_variance = 1 / count + mean_x * mean_x / xx;
  found.covariance = -mean_x / xx;
  for (const LearningPoint& point : points) {
    const double residual = point.quality - found.ceiling - found.gain * x_of(point);
    found.squared_error += residual * residual;
  }
  return found;
}

double LearningCurve::estimated_noise(std::size_t points) const {
  const std::size_t freedom = points - 3;
  const double least =
      std::ranges::min_element(candidates_, {}, &Candidate::squared_error)->squared_error;
  // Few points tell the noise badly: wider, as Student's distribution is than the normal one.
  return std::sqrt(least / static_cast<double>(freedom)) * pipeline::student_t_95(freedom) /
         kNormal95;
}

void LearningCurve::weigh() {
  double least_objection = std::numeric_limits<double>::infinity();
  for (Candidate& candidate : candidates_) {
    const double objection =
        candidate.squared_error / (2 * noise_ * noise_) + surprise(candidate.exponent);
    candidate.weight = objection;  // its negative logarithm, for now
    least_objection = std::min(least_objection, objection);
  }
  double sum = 0;
  for (Candidate& candidate : candidates_) {
    candidate.weight = std::exp(least_objection - candidate.weight);
    sum += candidate.weight;
  }
  for (Candidate& candidate : candidates_) candidate.weight /= sum;
}

Result<LearningCurve> LearningCurve::fit(std::span<const LearningPoint> points,
                                         std::optional<double> noise) {
  if (auto fault = fault_in(points, noise)) return tl::unexpected(*std::move(fault));
  // Points that lie exactly on a curve say nothing of the noise, and weights need some.
  constexpr double kLeastNoise = 1e-9;
  double size = kLeastNoise;
  for (const LearningPoint& point : points) size = std::max(size, std::abs(point.quality));

  LearningCurve curve;
  double low = std::log(kLeastExponent);
  double high = std::log(kGreatestExponent);
  // Exact points leave a narrow range of exponents, which a grid over all of them would step over.
  for (double width = std::numeric_limits<double>::infinity(); high - low < width / 2;) {
    width = high - low;
    const double step = width / (kExponents - 1);
    curve.candidates_.clear();
    for (std::size_t i = 0; i < kExponents; ++i) {
      const double exponent = std::exp(low + step * static_cast<double>(i));
      curve.candidates_.push_back(fit_with_exponent(points, exponent));
    }
    curve.noise_ =
        std::max(noise ? *noise : curve.estimated_noise(points.size()), kLeastNoise * size);
    curve.weigh();
    const auto counts = [](const Candidate& candidate) { return candidate.weight > kNegligible; };
    const auto& all = curve.candidates_;
    const auto first = std::ranges::find_if(all, counts);
    const auto last = std::find_if(all.rbegin(), all.rend(), counts);
    low = std::log((first == all.begin() ? first : first - 1)->exponent);
    high = std::log((last == all.rbegin() ? last : last - 1)->exponent);
  }
  return curve;
}

units::Bounded<double> LearningCurve::at(double share) const {
  // A mixture of normal distributions, one for each exponent.
  struct Part {
    double mean, deviation, weight;
  };
  std::vector<Part> parts;
  double mean = 0;
  double low = std::numeric_limits<double>::infinity();
  double high = -low;
  constexpr double kFarOut = 6;
  for (const Candidate& candidate : candidates_) {
    const double x = -std::pow(share, -candidate.exponent);
    const double variance =
        candidate.ceiling_variance + 2 * x * candidate.covariance + x * x * candidate.gain_variance;
    const Part part{candidate.ceiling + candidate.gain * x,
                    noise_ * std::sqrt(std::max(variance, 0.0)), candidate.weight};
    mean += part.weight * part.mean;
    low = std::min(low, part.mean - kFarOut * part.deviation);
    high = std::max(high, part.mean + kFarOut * part.deviation);
    parts.push_back(part);
  }
  const auto quantile = [&](double probability) {
    double below = low;
    double above = high;
    constexpr int kHalvings = 100;
    for (int i = 0; i < kHalvings; ++i) {
      const double middle = below + (above - below) / 2;
      double reached = 0;
      for (const Part& part : parts) {
        reached += part.weight * probability_below(middle, part.mean, part.deviation);
      }
      (reached < probability ? below : above) = middle;
    }
    return above;
  };
  return {mean, std::min(quantile(0.025), mean), std::max(quantile(0.975), mean)};
}

double LearningCurve::exponent() const {
  return std::ranges::min_element(candidates_, {}, &Candidate::squared_error)->exponent;
}

}  // namespace turngreen::explore
