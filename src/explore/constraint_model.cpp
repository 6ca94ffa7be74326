#include "constraint_model.h"

#include <algorithm>
#include <cmath>

#include "normal_distribution.h"

namespace turngreen::explore {
namespace {

std::vector<double> values_of(std::span<const ObservedRun> runs, std::string_view metric) {
  std::vector<double> values;
  for (const auto& run : runs) {
    const auto value = constrained_metric(*run.trial->outcome, metric);
    if (run.completed && value) values.push_back(*value);
  }
  return values;
}

/// Scale of the response: 1 for logarithms, else the size of the values.
double unit_of(std::span<const double> values, bool logarithmic) {
  if (logarithmic || values.empty()) return 1;
  double largest = 0;
  for (const double value : values) largest = std::max(largest, std::abs(value));
  return std::max(largest, 1e-12);
}

Regression fitted(const knobs::Space& space, std::span<const double> fidelities,
                  std::span<const ObservedRun> runs, std::string_view metric, bool logarithmic) {
  const KnobKernel kernel(space, "");
  std::vector<Observation> observations;
  for (const auto& run : runs) {
    const auto value = constrained_metric(*run.trial->outcome, metric);
    if (!run.completed || !value) continue;
    observations.push_back({run.trial->assignment.configuration, run.fidelity,
                            logarithmic ? std::log(*value) : *value});
  }
  const double unit = unit_of(values_of(runs, metric), logarithmic);
  Prior prior;
  prior.scales = {.shared = 0.05 * unit,
                  .main = 0.3 * unit,
                  .pair = 0.06 * unit,
                  .residual = 0.02 * unit,
                  .distortion = 0.1 * unit,
                  .noise = 0.03 * unit,
                  .low_fidelity_noise = 1.5};
  prior.log_spread = {
      .shared = 0.5, .main = 0.7, .pair = 0.7, .residual = 0.7, .distortion = 0.7, .noise = 1};
  prior.intercept_spread = unit;
  prior.offset_spread = unit;
  for (const double fidelity : fidelities) {
    const bool scales = metric == "seconds" && logarithmic;
    if (fidelity < 1) prior.offsets.push_back(scales ? std::log(fidelity) : 0);
  }
  if (!observations.empty()) {
    const auto& first = observations.front();
    prior.intercept = first.value - (first.fidelity > 0 ? prior.offsets[first.fidelity - 1] : 0);
  }
  return Regression(kernel, std::move(prior), observations);
}

}  // namespace

std::optional<double> constrained_metric(const pipeline::Outcome& outcome,
                                         std::string_view metric) {
  if (const auto reported = outcome.metric(metric)) return reported;
  if (metric == "seconds") return outcome.time.in_seconds();
  if (metric == "peak_memory_mb" && outcome.peak_memory_bytes) {
    return static_cast<double>(*outcome.peak_memory_bytes) / 1e6;
  }
  return std::nullopt;
}

ConstraintModel::ConstraintModel(const knobs::Space& space, std::span<const double> fidelities,
                                 std::span<const ObservedRun> runs,
                                 const study::Constraint& constraint)
    : logarithmic_(std::ranges::all_of(values_of(runs, constraint.metric),
                                       [](double value) { return value > 0; })),
      constraint_(constraint),
      regression_(fitted(space, fidelities, runs, constraint.metric, logarithmic_)) {}

std::vector<double> ConstraintModel::probabilities(
    std::span<const knobs::Configuration> configurations) const {
  std::vector<double> found;
  found.reserve(configurations.size());
  for (const auto& configuration : configurations) {
    if (regression_.observations().empty()) {
      found.push_back(1);
      continue;
    }
    const Normal response = regression_.response(configuration);
    const double deviation = std::sqrt(response.variance) + 1e-12;
    const auto below = [&](double bound) {
      if (logarithmic_ && bound <= 0) return 0.0;
      const double limit = logarithmic_ ? std::log(bound) : bound;
      return normal_probability((limit - response.mean) / deviation);
    };
    double probability = 1;
    if (constraint_.max) probability *= below(*constraint_.max);
    if (constraint_.min) probability *= 1 - below(*constraint_.min);
    found.push_back(probability);
  }
  return found;
}

}  // namespace turngreen::explore
