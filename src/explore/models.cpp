#include "models.h"

#include <cmath>

namespace turngreen::explore {
namespace {

/// Carbon and cost at one intensity or price go with energy.
Quantity quantity_of(study::Objective objective) {
  return objective == study::Objective::energy_delay ? Quantity::energy_delay : Quantity::energy;
}

}  // namespace

Models::Models(const study::StudyFile& study, std::span<const double> fidelities,
               std::span<const ObservedRun> runs)
    : objective_(study.space, fidelities, runs, quantity_of(study.objective)),
      quality_(study.space, fidelities, runs, study.quality),
      success_(study.space, runs) {
  if (quantity_of(study.objective) != Quantity::energy) {
    energy_.emplace(study.space, fidelities, runs, Quantity::energy);
  }
  for (const auto& constraint : study.constraints) {
    constraints_.emplace_back(study.space, fidelities, runs, constraint);
  }
}

std::vector<Prospect> Models::prospects(std::span<const knobs::Configuration> configurations,
                                        std::size_t fidelity, double certainty) const {
  const auto objectives = objective_.relative(configurations);
  const auto chances = quality_.chances(configurations, fidelity, certainty);
  const auto succeeds = success_.probabilities(configurations);
  std::vector<Prospect> found;
  found.reserve(configurations.size());
  for (std::size_t i = 0; i < configurations.size(); ++i) {
    found.push_back(
        {objectives[i], objectives[i].mean(), chances[i].within, chances[i].clearly, succeeds[i]});
  }
  for (const auto& constraint : constraints_) {
    const auto kept = constraint.probabilities(configurations);
    for (std::size_t i = 0; i < kept.size(); ++i) {
      found[i].within *= kept[i];
      found[i].clearly_within *= kept[i];
    }
  }
  if (energy_) {
    const auto energies = energy_->relative(configurations);
    for (std::size_t i = 0; i < found.size(); ++i) found[i].cost = energies[i].mean();
  }
  return found;
}

Prospect Models::prospect(const knobs::Configuration& configuration) const {
  return prospects(std::span(&configuration, 1)).front();
}

pipeline::Outcome Models::expected_outcome(const study::Assignment& assignment,
                                           std::string_view metric) const {
  pipeline::Outcome outcome;
  double total = 0;
  for (const auto& stage : energy().stages()) {
    const double joules =
        assignment.fidelity * std::exp(stage.log_energy.response(assignment.configuration).mean);
    outcome.stages.push_back(
        {stage.name, units::Bounded<units::Energy>::exactly(units::joules(joules)), {}, {}});
    total += joules;
  }
  outcome.energy = units::Bounded<units::Energy>::exactly(units::joules(total));
  if (const auto quality = quality_.quality(assignment.configuration)) {
    outcome.metrics.push_back({std::string(metric), quality->value});
  }
  return outcome;
}

}  // namespace turngreen::explore
