#include "regression.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace turngreen::explore {
namespace {

constexpr std::array kFittedScales{&Scales::main,  &Scales::pair,       &Scales::residual,
                                   &Scales::noise, &Scales::distortion, &Scales::shared};
/// Factors by which a scale is changed at a time while the best is looked for.
constexpr std::array kMoves{0.5, 2.0, 0.8, 1.25};

double squared(double x) { return x * x; }

}  // namespace

Regression::Regression(const KnobKernel& kernel, Prior prior)
    : kernel_(kernel), prior_(std::move(prior)) {}

Regression::Regression(const KnobKernel& kernel, Prior prior,
                       std::span<const Observation> observations)
    : Regression(kernel, std::move(prior)) {
  take(observations);
  choose_scales();
}

Regression Regression::with_scales(const KnobKernel& kernel, Prior prior,
                                   std::span<const Observation> observations,
                                   const Scales& scales) {
  Regression made(kernel, std::move(prior));
  made.prior_.scales = scales;
  made.take(observations);
  made.log_evidence_ = made.posterior(scales);
  return made;
}

void Regression::take(std::span<const Observation> observations) {
  if (observations.size() > kMostObservations) observations = observations.last(kMostObservations);
  observations_.assign(observations.begin(), observations.end());
  prepare();
}

double Regression::prior_effect(const knobs::Configuration& configuration) const {
  return prior_.effect ? prior_.effect(configuration) : 0.0;
}

void Regression::prepare() {
  const auto count = static_cast<Eigen::Index>(observations_.size());
  for (auto* matrix : {&mains_, &pairs_, &activities_, &same_, &offsets_, &distorted_}) {
    matrix->setZero(count, count);
  }
  low_.setZero(count);
  surprises_.resize(count);
  for (Eigen::Index i = 0; i < count; ++i) {
    const Observation& a = observations_[static_cast<std::size_t>(i)];
    const KnobKernel::Against against(kernel_, a.configuration);
    double expected = prior_.intercept + prior_effect(a.configuration);
    if (a.fidelity > 0) {
      expected += prior_.offsets[a.fidelity - 1];
      low_[i] = 1;
    }
    surprises_[i] = a.value - expected;
    for (Eigen::Index j = 0; j <= i; ++j) {
      const Observation& b = observations_[static_cast<std::size_t>(j)];
      const Likeness likeness = against(b.configuration);
      const bool same_low = a.fidelity > 0 && a.fidelity == b.fidelity;
      mains_(i, j) = mains_(j, i) = likeness.mains;
      pairs_(i, j) = pairs_(j, i) = likeness.pairs;
      activities_(i, j) = activities_(j, i) = likeness.activity;
      same_(i, j) = same_(j, i) = likeness.same ? 1 : 0;
      offsets_(i, j) = offsets_(j, i) = same_low ? 1 : 0;
      distorted_(i, j) = distorted_(j, i) = same_low && a.configuration == b.configuration ? 1 : 0;
    }
  }
}

/// Factors the observations' covariance, and returns the logarithm of the scales' posterior density
/// up to a constant.
double Regression::posterior(const Scales& scales) {
  const auto count = static_cast<Eigen::Index>(observations_.size());
  if (count == 0) return 0;
  Eigen::MatrixXd covariance =
      squared(scales.main) * mains_ + squared(scales.pair) * pairs_ +
      squared(scales.shared) * activities_ + squared(scales.residual) * same_ +
      squared(prior_.offset_spread) * offsets_ + squared(scales.distortion) * distorted_;
  covariance.array() += squared(prior_.intercept_spread);
  const double low_noise = squared(scales.noise * scales.low_fidelity_noise);
  covariance.diagonal().array() +=
      squared(scales.noise) * (1 - low_.array()) + low_noise * low_.array();
  factor_.compute(covariance);
  weights_ = factor_.solve(surprises_);
  double density = -0.5 * surprises_.dot(weights_);
  for (Eigen::Index i = 0; i < count; ++i) density -= std::log(factor_.matrixLLT()(i, i));
  density -= 0.5 * static_cast<double>(count) * std::log(2 * std::numbers::pi);
  for (const auto scale : kFittedScales) {
    const double spread = prior_.log_spread.*scale;
    if (spread <= 0) continue;
    density -= 0.5 * squared(std::log(scales.*scale / prior_.scales.*scale) / spread);
  }
  return density;
}

void Regression::choose_scales() {
  Scales best = prior_.scales;
  double density = posterior(best);
  // With fewer observations the evidence cannot outweigh the prior.
  constexpr std::size_t kFewest = 3;
  const bool worth_it = observations_.size() >= kFewest;
  for (std::size_t round = 0; worth_it && round < 2; ++round) {
    for (const auto scale : kFittedScales) {
      if (prior_.log_spread.*scale <= 0 || prior_.scales.*scale <= 0) continue;
      if (scale == &Scales::distortion && low_.maxCoeff() <= 0) continue;
      for (const double move : kMoves) {
        Scales tried = best;
        tried.*scale *= move;
        const double reached = posterior(tried);
        if (reached > density) {
          density = reached;
          best = tried;
          if (std::abs(std::log(move)) > 0.5) break;
        }
      }
    }
  }
  log_evidence_ = posterior(best);
  prior_.scales = best;
}

double Regression::covariance(const Likeness& likeness, bool residual) const {
  const Scales& scales = prior_.scales;
  double sum = squared(scales.main) * likeness.mains + squared(scales.pair) * likeness.pairs +
               squared(scales.shared) * likeness.activity;
  if (residual && likeness.same) sum += squared(scales.residual);
  return sum;
}

Eigen::MatrixXd Regression::cross(std::span<const knobs::Configuration> configurations,
                                  bool residual) const {
  Eigen::MatrixXd covariances(static_cast<Eigen::Index>(observations_.size()),
                              static_cast<Eigen::Index>(configurations.size()));
  for (Eigen::Index column = 0; column < covariances.cols(); ++column) {
    const KnobKernel::Against against(kernel_, configurations[static_cast<std::size_t>(column)]);
    for (Eigen::Index row = 0; row < covariances.rows(); ++row) {
      const auto& observation = observations_[static_cast<std::size_t>(row)];
      covariances(row, column) = covariance(against(observation.configuration), residual);
    }
  }
  return covariances;
}

std::vector<Normal> Regression::effects(
    std::span<const knobs::Configuration> configurations) const {
  std::vector<Normal> found;
  found.reserve(configurations.size());
  Eigen::MatrixXd covariances = cross(configurations, true);
  Eigen::RowVectorXd means = Eigen::RowVectorXd::Zero(covariances.cols());
  if (!observations_.empty()) {
    means = weights_.transpose() * covariances;
    factor_.matrixL().solveInPlace(covariances);
  }
  for (Eigen::Index i = 0; i < covariances.cols(); ++i) {
    const auto& configuration = configurations[static_cast<std::size_t>(i)];
    const double before = covariance(kernel_.between(configuration, configuration), true);
    found.push_back({prior_effect(configuration) + means[i],
                     std::max(0.0, before - covariances.col(i).squaredNorm())});
  }
  return found;
}

Normal Regression::effect(const knobs::Configuration& configuration) const {
  return effects(std::span(&configuration, 1)).front();
}

Eigen::MatrixXd Regression::cross_of_runs(std::span<const knobs::Configuration> configurations,
                                          std::size_t fidelity) const {
  Eigen::MatrixXd covariances = cross(configurations, true);
  covariances.array() += squared(prior_.intercept_spread);
  if (fidelity == 0) return covariances;
  for (Eigen::Index row = 0; row < covariances.rows(); ++row) {
    const Observation& observation = observations_[static_cast<std::size_t>(row)];
    if (observation.fidelity != fidelity) continue;
    covariances.row(row).array() += squared(prior_.offset_spread);
    for (Eigen::Index column = 0; column < covariances.cols(); ++column) {
      if (observation.configuration == configurations[static_cast<std::size_t>(column)]) {
        covariances(row, column) += squared(prior_.scales.distortion);
      }
    }
  }
  return covariances;
}

double Regression::variance_of_run(double effect, std::size_t fidelity) const {
  const Scales& scales = prior_.scales;
  const double about = effect + squared(prior_.intercept_spread);
  if (fidelity == 0) return about + squared(scales.noise);
  return about + squared(prior_.offset_spread) + squared(scales.distortion) +
         squared(scales.noise * scales.low_fidelity_noise);
}

std::vector<Regression::Foresight> Regression::foresee(
    std::span<const knobs::Configuration> configurations, std::size_t fidelity,
    bool absolute) const {
  std::vector<Foresight> found;
  found.reserve(configurations.size());
  for (const auto& configuration : configurations) {
    found.push_back(foresee(std::span(&configuration, 1), configuration, fidelity, absolute)[0]);
  }
  return found;
}

std::vector<Regression::Foresight> Regression::foresee(
    std::span<const knobs::Configuration> configurations, const knobs::Configuration& run,
    std::size_t fidelity, bool absolute) const {
  const double about = absolute ? squared(prior_.intercept_spread) : 0;
  Eigen::MatrixXd effects = cross(configurations, true);
  effects.array() += about;
  Eigen::VectorXd of_run = cross_of_runs(std::span(&run, 1), fidelity).col(0);
  Eigen::RowVectorXd means = Eigen::RowVectorXd::Zero(effects.cols());
  if (!observations_.empty()) {
    means = weights_.transpose() * effects;
    factor_.matrixL().solveInPlace(effects);
    factor_.matrixL().solveInPlace(of_run);
  }
  const double own = covariance(kernel_.between(run, run), true);
  const double variance = variance_of_run(own, fidelity) - of_run.squaredNorm();
  std::vector<Foresight> found;
  found.reserve(configurations.size());
  for (Eigen::Index i = 0; i < effects.cols(); ++i) {
    const auto& configuration = configurations[static_cast<std::size_t>(i)];
    const double effect = covariance(kernel_.between(configuration, configuration), true);
    const double now = std::max(0.0, effect + about - effects.col(i).squaredNorm());
    const double both =
        covariance(kernel_.between(configuration, run), true) + about - effects.col(i).dot(of_run);
    const double mean =
        prior_effect(configuration) + means[i] + (absolute ? prior_.intercept : 0.0);
    found.push_back({{mean, now}, std::clamp(now - squared(both) / variance, 0.0, now)});
  }
  return found;
}

Regression::Joint Regression::joint(std::span<const knobs::Configuration> configurations,
                                    bool residual) const {
  const auto count = static_cast<Eigen::Index>(configurations.size());
  Joint found{Eigen::VectorXd(count), Eigen::MatrixXd(count, count)};
  for (Eigen::Index i = 0; i < count; ++i) {
    const auto& a = configurations[static_cast<std::size_t>(i)];
    found.mean[i] = prior_effect(a);
    for (Eigen::Index j = 0; j <= i; ++j) {
      const auto& b = configurations[static_cast<std::size_t>(j)];
      found.covariance(i, j) = found.covariance(j, i) = covariance(kernel_.between(a, b), residual);
    }
  }
  if (observations_.empty()) return found;
  Eigen::MatrixXd covariances = cross(configurations, residual);
  found.mean += covariances.transpose() * weights_;
  factor_.matrixL().solveInPlace(covariances);
  found.covariance -= covariances.transpose() * covariances;
  return found;
}

Regression::Joint Regression::joint_effects(
    std::span<const knobs::Configuration> configurations) const {
  return joint(configurations, true);
}

Regression::Joint Regression::joint_terms(
    std::span<const knobs::Configuration> configurations) const {
  return joint(configurations, false);
}

Normal Regression::response(const knobs::Configuration& configuration) const {
  const double about = squared(prior_.intercept_spread);
  const double before = about + covariance(kernel_.between(configuration, configuration), true);
  const double expected = prior_.intercept + prior_effect(configuration);
  if (observations_.empty()) return {expected, before};
  Eigen::VectorXd covariances = cross(std::span(&configuration, 1), true).col(0);
  covariances.array() += about;
  const double mean = expected + covariances.dot(weights_);
  factor_.matrixL().solveInPlace(covariances);
  return {mean, std::max(0.0, before - covariances.squaredNorm())};
}

Normal Regression::intercept() const {
  const double about = squared(prior_.intercept_spread);
  if (observations_.empty()) return {prior_.intercept, about};
  Eigen::VectorXd covariances =
      Eigen::VectorXd::Constant(static_cast<Eigen::Index>(observations_.size()), about);
  const double mean = prior_.intercept + covariances.dot(weights_);
  factor_.matrixL().solveInPlace(covariances);
  return {mean, std::max(0.0, about - covariances.squaredNorm())};
}

std::vector<Normal> Regression::leave_one_out() const {
  const auto count = static_cast<Eigen::Index>(observations_.size());
  std::vector<Normal> found;
  if (count == 0) return found;
  const Eigen::MatrixXd inverse = factor_.solve(Eigen::MatrixXd::Identity(count, count));
  for (Eigen::Index i = 0; i < count; ++i) {
    const double value = observations_[static_cast<std::size_t>(i)].value;
    found.push_back({value - weights_[i] / inverse(i, i), 1 / inverse(i, i)});
  }
  return found;
}

}  // namespace turngreen::explore
