#pragma once

#include <Eigen/Dense>
#include <cstddef>
#include <functional>
#include <span>
#include <vector>

#include "knob_kernel.h"
#include "normal_distribution.h"

namespace turngreen::explore {

/// One observed response.
struct Observation {
  knobs::Configuration configuration;
  std::size_t fidelity = 0;  ///< 0: the full job; others are numbered from 1
  double value = 0;
};

/// Standard deviations of the prior and of the noise, in the response's unit.
struct Scales {
  double shared = 0;      ///< of the mean effect that all knobs have in common
  double main = 0;        ///< of one knob's effect, about that mean
  double pair = 0;        ///< of an interaction of two knobs
  double residual = 0;    ///< of what a configuration does beyond mains and pairs
  double distortion = 0;  ///< of what a fidelity below 1 shows beside the truth, by configuration
  double noise = 0;       ///< of one run about the configuration's mean
  /// Of one run at fidelity below 1, as a multiple of `noise`.
  double low_fidelity_noise = 1;
};

/// What is assumed before any observation.
struct Prior {
  Scales scales;
  /// How sure the scales are: standard deviation of the logarithm of each but the last; those of 0
  /// are not fitted.
  Scales log_spread;
  double intercept = 0;  ///< mean of the baseline's response at full fidelity
  double intercept_spread = 1;
  std::vector<double>
      offsets;  ///< for each fidelity from 1: mean of its response less the full one's
  double offset_spread = 0.3;
  /// Mean effect of a configuration against the baseline; empty: none.
  std::function<double(const knobs::Configuration&)> effect;
};

/// Bayesian linear regression of a response on knobs and pairs of knobs:
///   response = intercept + effect(configuration) + offset(fidelity) + distortion + noise,
/// where the baseline's effect is 0. Normal priors on all coefficients (shrunk towards no
/// interaction), in the dual form of Rasmussen and Williams, Gaussian Processes for Machine
/// Learning (2006), section 2.1; scales by maximum a posteriori of the marginal likelihood (5.8).
class Regression {
 public:
  /// At most kMostObservations are used: the newest.
  Regression(const KnobKernel& kernel, Prior prior, std::span<const Observation> observations);
  /// With scales as given.
  static Regression with_scales(const KnobKernel& kernel, Prior prior,
                                std::span<const Observation> observations, const Scales& scales);

  static constexpr std::size_t kMostObservations = 600;

  /// Effect against the baseline, at full fidelity and without noise.
  Normal effect(const knobs::Configuration& configuration) const;
  /// The same for many at once.
  std::vector<Normal> effects(std::span<const knobs::Configuration> configurations) const;
  /// Joint distribution of some effects.
  struct Joint {
    Eigen::VectorXd mean;
    Eigen::MatrixXd covariance;
  };
  Joint joint_effects(std::span<const knobs::Configuration> configurations) const;
  /// What one more run would leave of the uncertainty about each configuration: about its effect,
  /// or
  /// (`absolute`) about its response at full fidelity without noise.
  struct Foresight {
    Normal now;
    double variance_after = 0;
  };
  /// After a run of the configuration itself at that fidelity.
  std::vector<Foresight> foresee(std::span<const knobs::Configuration> configurations,
                                 std::size_t fidelity, bool absolute) const;
  /// After a run of another one: the baseline, which all effects are measured against.
  std::vector<Foresight> foresee(std::span<const knobs::Configuration> configurations,
                                 const knobs::Configuration& run, std::size_t fidelity,
                                 bool absolute) const;
  /// The effects without what a configuration does beyond mains and pairs: for explanations.
  Joint joint_terms(std::span<const knobs::Configuration> configurations) const;
  /// Response at full fidelity without noise.
  Normal response(const knobs::Configuration& configuration) const;
  Normal intercept() const;

  const Scales& scales() const { return prior_.scales; }
  double log_evidence() const { return log_evidence_; }
  /// Leave-one-out predictions of the observations, noise included (same source, 5.4.2).
  std::vector<Normal> leave_one_out() const;
  const std::vector<Observation>& observations() const { return observations_; }

 private:
  Regression(const KnobKernel& kernel, Prior prior);
  void take(std::span<const Observation> observations);
  /// Likenesses and mean of the observations do not change with the scales.
  void prepare();
  double posterior(const Scales& scales);
  void choose_scales();
  double covariance(const Likeness& likeness, bool residual) const;
  Eigen::MatrixXd cross(std::span<const knobs::Configuration> configurations, bool residual) const;
  Joint joint(std::span<const knobs::Configuration> configurations, bool residual) const;
  /// Prior covariances of the observations with the response of one run of each configuration.
  Eigen::MatrixXd cross_of_runs(std::span<const knobs::Configuration> configurations,
                                std::size_t fidelity) const;
  /// Prior variance of the response of one run, given that of its effect.
  double variance_of_run(double effect, std::size_t fidelity) const;
  double prior_effect(const knobs::Configuration& configuration) const;

  KnobKernel kernel_;
  Prior prior_;
  std::vector<Observation> observations_;
  Eigen::MatrixXd mains_, pairs_, activities_, same_, offsets_, distorted_;
  Eigen::VectorXd low_, surprises_;
  Eigen::LLT<Eigen::MatrixXd> factor_;
  Eigen::VectorXd weights_;
  double log_evidence_ = 0;
};

}  // namespace turngreen::explore
