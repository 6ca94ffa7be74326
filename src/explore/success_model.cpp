#include "success_model.h"

#include <cmath>

#include "normal_distribution.h"

namespace turngreen::explore {
namespace {

constexpr Scales kScales{.shared = 0.02,
                         .main = 0.25,
                         .pair = 0.4,
                         .residual = 0.4,
                         .distortion = 0,
                         .noise = 0.1,
                         .low_fidelity_noise = 1};
constexpr double kExpectedFailures = -0.02;  ///< for each knob that is not off

Regression fitted(const knobs::Space& space, std::span<const ObservedRun> runs) {
  const KnobKernel kernel(space, "");
  Prior prior;
  prior.intercept_spread = 0.05;
  prior.effect = [kernel](const knobs::Configuration& configuration) {
    return kExpectedFailures * kernel.activity(configuration);
  };
  std::vector<Observation> observations;
  for (const auto& run : runs) {
    const auto ending = run.trial->outcome->ending;
    if (ending == pipeline::Ending::stopped) continue;
    const bool completed = ending == pipeline::Ending::completed;
    observations.push_back({run.trial->assignment.configuration, 0, completed ? 0.0 : -1.0});
  }
  return Regression::with_scales(kernel, prior, observations, kScales);
}

}  // namespace

SuccessModel::SuccessModel(const knobs::Space& space, std::span<const ObservedRun> runs)
    : regression_(fitted(space, runs)) {
  for (const auto& observation : regression_.observations()) {
    all_succeeded_ = all_succeeded_ && observation.value == 0;
  }
}

std::vector<double> SuccessModel::probabilities(
    std::span<const knobs::Configuration> configurations) const {
  // As long as nothing failed there is nothing to learn, and the same for all changes no choice.
  if (all_succeeded_) return std::vector<double>(configurations.size(), 1.0);
  std::vector<double> found;
  found.reserve(configurations.size());
  constexpr double kHalfWay = 0.5;
  constexpr double kSlope = 0.2;
  for (const Normal& effect : regression_.effects(configurations)) {
    found.push_back(normal_probability((effect.mean + kHalfWay) /
                                       std::sqrt(effect.variance + kSlope * kSlope)));
  }
  return found;
}

}  // namespace turngreen::explore
