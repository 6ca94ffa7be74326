#pragma once

#include <optional>
#include <span>
#include <vector>

#include "turngreen/units/bounded.h"
#include "turngreen/units/result.h"

namespace turngreen::explore {

inline constexpr double kLeastShare = 1e-6;

/// Quality after a share of the job.
struct LearningPoint {
  double share = 0;  ///< of the full job: from kLeastShare to 1
  double quality = 0;
};

/// Quality against the share of the job, as a power law: a - b * share^-c. (Hestness et al. 2017,
/// Viering and Loog 2021: the family that fits most learning curves.)
class LearningCurve {
 public:
  /// `noise` is the standard deviation of one quality (from seed to seed); without it, it is taken
  /// from how far the points lie off the curve. Error: fewer than 3 different shares, or than 4
  /// points where the noise is not given; shares out of range, a number that is not finite, noise
  /// that is not above 0.
  static Result<LearningCurve> fit(std::span<const LearningPoint> points,
                                   std::optional<double> noise = std::nullopt);

  /// Mean quality after that share (from kLeastShare) with its 95 % interval, which holds what the
  /// points leave open about the exponent, and not the noise of a single run.
  units::Bounded<double> at(double share) const;
  double exponent() const;  ///< c that fits best

 private:
  /// The least-squares curve for one exponent, and how much speaks for it.
  struct Candidate {
    double exponent = 0;
    double ceiling = 0;                                              ///< a
    double gain = 0;                                                 ///< b
    double ceiling_variance = 0, gain_variance = 0, covariance = 0;  ///< in units of the noise
    double squared_error = 0;
    double weight = 0;
  };
  static Candidate fit_with_exponent(std::span<const LearningPoint> points, double exponent);
  double estimated_noise(std::size_t points) const;
  void weigh();

  std::vector<Candidate> candidates_;  ///< weights add up to 1
  double noise_ = 0;
};

}  // namespace turngreen::explore
