#include "decision.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "decision_policy.h"

namespace turngreen::explore {

using knobs::Configuration;
using study::Assignment;
using study::Purpose;

Step Outlook::Decision::next() const {
  if (auto step = begin()) return *std::move(step);
  if (auto step = finalist_due()) return *std::move(step);
  if (auto step = explore()) return *std::move(step);
  if (auto step = finish()) return *std::move(step);
  if (auto step = test()) return *std::move(step);
  return {std::nullopt, end_reason_};
}

Assignment Outlook::Decision::assignment(Purpose purpose, const Configuration& configuration,
                                         std::size_t fidelity) const {
  const Record* record = standing_.find(configuration);
  // The n-th attempt of every configuration is given the same seed: differences are paired.
  const std::size_t attempt = record ? record->attempts : 0;
  return {purpose, configuration, fidelity == 0 ? 1.0 : fidelities_[fidelity - 1],
          seed_ * kSeedsApart + attempt};
}

const Record* Outlook::Decision::baseline_record() const {
  return standing_.find(study_.space.baseline());
}

std::optional<Step> Outlook::Decision::begin() const {
  const Configuration baseline = study_.space.baseline();
  const Record* record = baseline_record();
  const std::size_t fidelity = fidelities_.size() > 1 ? 1 : 0;
  if (record && record->rejected) {
    return Step{std::nullopt, "the baseline itself cannot be built on: " + baseline_rejection()};
  }
  if (record && record->seen()) return std::nullopt;
  if (record && record->running > 0) {
    return Step{std::nullopt, "waiting for the baseline, which another worker is running"};
  }
  if (record && record->failed > 1) {
    return Step{std::nullopt, "the baseline failed twice: " + baseline_failure()};
  }
  return Step{assignment(Purpose::baseline, baseline, fidelity),
              "the baseline is what everything is compared with"};
}

std::string Outlook::Decision::baseline_rejection() const {
  for (const auto& run : standing_.runs()) {
    const bool baseline = study_.space.is_baseline(run.trial->assignment.configuration);
    if (baseline && !run.rejected.empty()) return run.rejected;
  }
  return {};
}

std::string Outlook::Decision::baseline_failure() const {
  for (const auto& run : standing_.runs()) {
    if (study_.space.is_baseline(run.trial->assignment.configuration) && !run.completed) {
      return run.trial->outcome->reason;
    }
  }
  return {};
}

std::optional<double> Outlook::Decision::energy_budget() const {
  std::optional<double> budget = study_.budget.baselines;
  if (study_.budget.energy) {
    const double baseline = standing_.models().energy().baseline().median();
    const double runs = study_.budget.energy->in_joules() / baseline;
    budget = std::min(budget.value_or(runs), runs);
  }
  return budget;
}

std::optional<double> Outlook::Decision::energy_left() const {
  const auto budget = energy_budget();
  if (!budget) return std::nullopt;
  const double baseline = standing_.models().energy().baseline().median();
  return *budget - standing_.spent().in_joules() / baseline;
}

bool Outlook::Decision::time_is_up() const {
  return study_.budget.time && standing_.time() >= *study_.budget.time;
}

Outlook::Decision::Reserve Outlook::Decision::reserve() const {
  Reserve kept;
  kept.trials = study_.verification_runs + 1;
  const double finalist = std::min(1.0, standing_.provisional_level());
  kept.cost = finalist * static_cast<double>(kept.trials);
  if (partial_runs_pay()) {
    if (count_at(baseline_record(), 0) == 0) {
      kept.trials += 1;
      kept.cost += 1;
    }
    kept.trials += 2;
    kept.cost += 2 * finalist;
  }
  if (has_test_rows_) {
    kept.trials += 2;
    kept.cost += 1 + finalist;
  }
  // A small budget is not to be kept back whole.
  constexpr std::size_t kTrialsShare = 4;
  constexpr double kEnergyShare = 0.25;
  if (study_.budget.trials)
    kept.trials = std::min(kept.trials, *study_.budget.trials / kTrialsShare);
  if (const auto budget = energy_budget()) kept.cost = std::min(kept.cost, kEnergyShare * *budget);
  return kept;
}

bool Outlook::Decision::affordable(double cost, const Reserve& kept) const {
  if (time_is_up()) return false;
  if (study_.budget.trials && standing_.trials() + 1 + kept.trials > *study_.budget.trials) {
    return false;
  }
  const auto left = energy_left();
  return !left || cost + kept.cost <= *left;
}

bool Outlook::Decision::partial_runs_pay() const {
  return fidelities_.size() > 1 && standing_.models().energy().fidelity_cost(1) < kDearFidelity;
}

Recommendation Outlook::Decision::recommendation(double certainty) const {
  const auto incumbent = standing_.incumbent(certainty);
  Recommendation found;
  found.configuration = incumbent.configuration;
  found.better_than_baseline = !incumbent.baseline;
  const Record* baseline = baseline_record();
  found.baseline_full_runs = count_at(baseline, 0);
  const Record* record = standing_.find(incumbent.configuration);
  found.full_runs = count_at(record, 0);
  if (baseline && baseline->seen()) {
    // Runs that told no energy would leave the model's prior, which is no joules.
    if (const auto& energy = standing_.models().energy();
        energy.foretold_run(study_.space.baseline())) {
      const LogNormal level = energy.baseline();
      found.baseline_energy = units::Bounded<units::Energy>{
          units::joules(level.median()), units::joules(level.quantile(-kNormal95)),
          units::joules(level.quantile(kNormal95))};
    }
    found.quality = standing_.models().quality().quality(incumbent.configuration);
    found.drop = standing_.models().quality().drop(incumbent.configuration);
  }
  found.probability_within_budget = 1;
  if (incumbent.baseline) return found;
  const LogNormal level = record->prospect.objective;
  found.saving = {1 - level.mean(), 1 - level.quantile(kNormal95), 1 - level.quantile(-kNormal95)};
  found.probability_within_budget = record->prospect.within;
  return found;
}

std::vector<Rejection> Outlook::Decision::rejections() const {
  std::vector<Rejection> found;
  for (const auto& run : standing_.runs()) {
    if (run.rejected.empty()) continue;
    const auto& configuration = run.trial->assignment.configuration;
    const bool known = std::ranges::any_of(
        found, [&](const Rejection& other) { return other.configuration == configuration; });
    if (!known) found.push_back({configuration, run.rejected});
  }
  return found;
}

std::optional<units::Energy> Outlook::Decision::hopeless_beyond(
    const Assignment& assignment) const {
  if (assignment.purpose != Purpose::explore) return std::nullopt;
  if (study_.objective == study::Objective::energy_delay) return std::nullopt;
  const double level = assignment.fidelity < 1 ? standing_.provisional_level()
                                               : standing_.incumbent(kLikelyWithin).level;
  const std::size_t fidelity = fidelity_index(assignment.fidelity, fidelities_);
  const auto& energy = standing_.models().energy();
  return units::joules(energy.baseline().median() * energy.fidelity_cost(fidelity) * level *
                       kHopelessMargin);
}

std::optional<QualityLimit> Outlook::Decision::hopeless_quality(
    const Assignment& assignment) const {
  if (assignment.purpose != Purpose::explore) return std::nullopt;
  const std::size_t fidelity = fidelity_index(assignment.fidelity, fidelities_);
  const auto worst = standing_.models().quality().clearly_beyond(fidelity);
  // Without one curve that was followed to its end, nobody knows what curves are worth here.
  std::optional<double> allowance;
  for (const auto& run : standing_.runs()) {
    const auto gap = run.fidelity == fidelity ? curve_gap_note(*run.trial) : std::nullopt;
    if (gap) allowance = std::max(allowance.value_or(0), std::abs(*gap));
  }
  if (!worst || !allowance) return std::nullopt;
  return QualityLimit{study_.quality.metric, study_.quality.higher_is_better, *worst, *allowance};
}

}  // namespace turngreen::explore
