#include "explore/regression.h"

#include <gtest/gtest.h>

#include <cmath>

#include "toy_study.h"

namespace turngreen::explore {
namespace {

using knobs::Configuration;

constexpr Scales kScales{.shared = 0.2,
                         .main = 0.5,
                         .pair = 0.3,
                         .residual = 0.1,
                         .distortion = 0.15,
                         .noise = 0.05,
                         .low_fidelity_noise = 2};

const Configuration kNone{{0, 0}};
const Configuration kA{{1, 0}};
const Configuration kB{{0, 1}};
const Configuration kBoth{{1, 1}};

Prior prior_of_two() {
  Prior prior;
  prior.scales = kScales;
  prior.intercept = 0.4;
  prior.intercept_spread = 0.9;
  prior.offsets = {-0.6};
  prior.offset_spread = 0.3;
  prior.effect = [](const Configuration& configuration) {
    return -0.1 * (configuration.levels[0] + configuration.levels[1]);
  };
  return prior;
}

const std::vector<Observation> kObservations{{kNone, 0, 0.55}, {kA, 0, 0.1},  {kBoth, 1, -0.7},
                                             {kNone, 1, 0.02}, {kA, 1, -0.4}, {kBoth, 1, -0.8},
                                             {kB, 1, -0.3}};

Regression fitted(std::span<const Observation> observations = kObservations) {
  return Regression::with_scales(KnobKernel(switches(2), ""), prior_of_two(), observations,
                                 kScales);
}

/// The same model by its coefficients: intercept, a, b, a and b together, what all knobs share,
/// what each of a, b and both does beyond them, the offset of the fidelity, and the distortion of
/// each of the four configurations at it.
class WeightSpace {
 public:
  static constexpr Eigen::Index kCount = 13;

  explicit WeightSpace(std::span<const Observation> observations) {
    Eigen::VectorXd spreads(kCount);
    spreads << 0.9, 0.5, 0.5, 0.3, 0.2, 0.1, 0.1, 0.1, 0.3, 0.15, 0.15, 0.15, 0.15;
    Eigen::MatrixXd precision = spreads.array().square().inverse().matrix().asDiagonal();
    Eigen::VectorXd sum = Eigen::VectorXd::Zero(kCount);
    for (const auto& each : observations) {
      const double noise = each.fidelity > 0 ? 0.05 * 2 : 0.05;
      const Eigen::VectorXd row = terms(each.configuration, true, each.fidelity > 0);
      precision += row * row.transpose() / (noise * noise);
      sum += row * (each.value - prior_mean(each)) / (noise * noise);
    }
    covariance_ = precision.inverse();
    mean_ = covariance_ * sum;
  }

  Normal effect(const Configuration& configuration) const {
    const Eigen::VectorXd row = terms(configuration, false, false);
    return {prior_of_two().effect(configuration) + row.dot(mean_), row.dot(covariance_ * row)};
  }
  Normal response(const Configuration& configuration) const {
    const Eigen::VectorXd row = terms(configuration, true, false);
    return {0.4 + prior_of_two().effect(configuration) + row.dot(mean_),
            row.dot(covariance_ * row)};
  }

 private:
  static double prior_mean(const Observation& of) {
    return 0.4 + prior_of_two().effect(of.configuration) - (of.fidelity > 0 ? 0.6 : 0.0);
  }
  static Eigen::VectorXd terms(const Configuration& configuration, bool intercept, bool low) {
    const double a = configuration.levels[0];
    const double b = configuration.levels[1];
    Eigen::VectorXd row = Eigen::VectorXd::Zero(kCount);
    row.head(5) << (intercept ? 1 : 0), a, b, a * b, a + b;
    const auto which = static_cast<Eigen::Index>(a + 2 * b);
    if (which > 0) row[4 + which] = 1;
    if (low) row[8] = row[9 + which] = 1;
    return row;
  }

  Eigen::MatrixXd covariance_;
  Eigen::VectorXd mean_;
};

void expect_equal(const Normal& found, const Normal& expected) {
  EXPECT_NEAR(found.mean, expected.mean, 1e-10);
  EXPECT_NEAR(found.variance, expected.variance, 1e-10);
}

TEST(Regression, agrees_with_the_posterior_of_its_coefficients) {
  const Regression regression = fitted();
  const WeightSpace oracle(kObservations);
  for (const auto& configuration : {kA, kB, kBoth}) {
    expect_equal(regression.effect(configuration), oracle.effect(configuration));
    expect_equal(regression.response(configuration), oracle.response(configuration));
  }
  expect_equal(regression.intercept(), oracle.response(kNone));
}

TEST(Regression, the_effect_of_the_baseline_is_0_for_certain) {
  expect_equal(fitted().effect(kNone), {0, 0});
}

TEST(Regression, without_observations_it_says_what_was_assumed) {
  const Regression regression = fitted({});
  expect_equal(regression.effect(kBoth), {-0.2, 2 * 0.25 + 0.09 + 4 * 0.04 + 0.01});
  expect_equal(regression.intercept(), {0.4, 0.81});
  expect_equal(regression.response(kNone), {0.4, 0.81});
  EXPECT_TRUE(regression.leave_one_out().empty());
}

TEST(Regression, joint_effects_hold_the_single_ones_and_their_covariance) {
  const Regression regression = fitted();
  const std::vector configurations{kA, kBoth};
  const auto joint = regression.joint_effects(configurations);
  for (Eigen::Index i = 0; i < 2; ++i) {
    expect_equal({joint.mean[i], joint.covariance(i, i)},
                 regression.effect(configurations[static_cast<std::size_t>(i)]));
  }
  EXPECT_DOUBLE_EQ(joint.covariance(0, 1), joint.covariance(1, 0));
  EXPECT_GT(joint.covariance(0, 1), 0) << "both share what a does";
}

TEST(Regression, terms_leave_out_what_a_configuration_does_beyond_them) {
  const Regression regression = fitted({});
  const auto terms = regression.joint_terms(std::vector{kBoth});
  EXPECT_NEAR(regression.effect(kBoth).variance - terms.covariance(0, 0), 0.01, 1e-12);
}

TEST(Regression, leave_one_out_agrees_with_fitting_the_others) {
  const auto left_out = fitted().leave_one_out();
  ASSERT_EQ(left_out.size(), kObservations.size());
  // One at the full job, and one of a configuration that was run but once.
  for (const std::size_t i : {std::size_t{1}, std::size_t{0}}) {
    auto others = kObservations;
    others.erase(others.begin() + static_cast<std::ptrdiff_t>(i));
    Normal expected = fitted(others).response(kObservations[i].configuration);
    expected.variance += 0.05 * 0.05;
    expect_equal(left_out[i], expected);
  }
}

TEST(Regression, foresees_the_variance_that_a_run_of_the_configuration_leaves) {
  const Regression regression = fitted();
  const std::vector configurations{kA, kB, kBoth};
  for (const std::size_t fidelity : {std::size_t{0}, std::size_t{1}}) {
    const auto relative = regression.foresee(configurations, fidelity, false);
    const auto absolute = regression.foresee(configurations, fidelity, true);
    for (std::size_t i = 0; i < configurations.size(); ++i) {
      auto more = kObservations;
      more.push_back({configurations[i], fidelity, 0.123});
      const Regression after = fitted(more);
      expect_equal(relative[i].now, regression.effect(configurations[i]));
      expect_equal(absolute[i].now, regression.response(configurations[i]));
      EXPECT_NEAR(relative[i].variance_after, after.effect(configurations[i]).variance, 1e-10);
      EXPECT_NEAR(absolute[i].variance_after, after.response(configurations[i]).variance, 1e-10);
    }
  }
}

TEST(Regression, foresees_the_variance_that_a_run_of_another_leaves) {
  const Regression regression = fitted();
  const std::vector configurations{kA, kBoth};
  for (const auto& run : {kNone, kB}) {
    for (const std::size_t fidelity : {std::size_t{0}, std::size_t{1}}) {
      auto more = kObservations;
      more.push_back({run, fidelity, 9.0});
      const Regression after = fitted(more);
      const auto relative = regression.foresee(configurations, run, fidelity, false);
      const auto absolute = regression.foresee(configurations, run, fidelity, true);
      for (std::size_t i = 0; i < configurations.size(); ++i) {
        EXPECT_NEAR(relative[i].variance_after, after.effect(configurations[i]).variance, 1e-10);
        EXPECT_NEAR(absolute[i].variance_after, after.response(configurations[i]).variance, 1e-10);
      }
    }
  }
}

TEST(Regression, fits_the_noise_to_what_repeats_show) {
  const auto noise_after = [](double scatter) {
    std::vector<Observation> observations;
    for (int i = 0; i < 12; ++i) {
      observations.push_back({i % 2 == 0 ? kNone : kA, 0, i % 4 < 2 ? scatter : -scatter});
    }
    Prior prior = prior_of_two();
    prior.log_spread = {.main = 0.5, .noise = 1};
    return Regression(KnobKernel(switches(2), ""), prior, observations).scales().noise;
  };
  EXPECT_GT(noise_after(0.2), 0.1);
  EXPECT_LT(noise_after(0.002), 0.02);
}

TEST(Regression, keeps_scales_that_are_not_to_be_fitted) {
  Prior prior = prior_of_two();
  prior.log_spread = {};
  const Regression regression(KnobKernel(switches(2), ""), prior, kObservations);
  EXPECT_EQ(regression.scales().noise, kScales.noise);
  EXPECT_EQ(regression.log_evidence(), fitted().log_evidence());
}

TEST(Regression, uses_the_newest_observations_where_there_are_too_many) {
  std::vector<Observation> observations(3, {kA, 0, 1000.0});
  observations.insert(observations.end(), Regression::kMostObservations, {kNone, 0, 0.4});
  const Regression regression = fitted(observations);
  EXPECT_EQ(regression.observations().size(), Regression::kMostObservations);
  EXPECT_NEAR(regression.effect(kA).mean, -0.1, 0.01);
}

}  // namespace
}  // namespace turngreen::explore
