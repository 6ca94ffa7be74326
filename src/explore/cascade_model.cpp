#include "cascade_model.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>

namespace turngreen::explore {
namespace {

/// Stages below this share of every run are modelled together.
constexpr double kSmallestShare = 0.02;
/// So that the rest has a logarithm where a run has none of it; far below what matters.
constexpr double kLeastRest = 1e-4;
/// A knob that nothing is known of is on the list since somebody expects it to save energy.
constexpr double kExpectedLogEffect = -0.15;
constexpr const char* kRestName = "rest";

double seconds_of(const pipeline::Outcome& outcome) { return outcome.time.in_seconds(); }

/// Stage names and amounts of one run; they add up to the whole.
std::vector<std::pair<std::string, double>> amounts(const pipeline::Outcome& outcome,
                                                    Quantity quantity) {
  if (quantity == Quantity::energy_delay) {
    return {{"", outcome.energy->value.in_joules() * seconds_of(outcome)}};
  }
  std::vector<std::pair<std::string, double>> found;
  for (const auto& stage : outcome.stages) {
    found.emplace_back(stage.name, stage.energy.value.in_joules());
  }
  if (found.empty()) found.emplace_back("", outcome.energy->value.in_joules());
  return found;
}

using Table = std::vector<std::map<std::string, double>>;  // for each run: joules by stage

/// Stages that every run has with energy, and enough of it in some run.
std::vector<std::string> stages_of_their_own(const Table& runs) {
  std::map<std::string, std::pair<std::size_t, double>> seen;  // runs with it, largest share
  for (const auto& run : runs) {
    double total = 0;
    for (const auto& [name, energy] : run) total += energy;
    for (const auto& [name, energy] : run) {
      if (energy <= 0) continue;
      auto& [count, share] = seen[name];
      ++count;
      share = std::max(share, energy / total);
    }
  }
  std::vector<std::string> names;
  for (const auto& [name, found] : seen) {
    if (found.first == runs.size() && found.second >= kSmallestShare) names.push_back(name);
  }
  return names;
}

/// All stages that some run has.
std::vector<std::string> stages_seen(const Table& runs) {
  std::set<std::string> names;
  for (const auto& run : runs) {
    for (const auto& [name, energy] : run) names.insert(name);
  }
  return {names.begin(), names.end()};
}

Prior energy_prior(const knobs::Space& space, const KnobKernel& kernel,
                   std::span<const double> fidelities) {
  Prior prior;
  prior.scales = {.shared = 0.1,
                  .main = 0.25,
                  .pair = 0.06,
                  .residual = 0.02,
                  .distortion = 0.08,
                  .noise = 0.015,
                  .low_fidelity_noise = 1.5};
  prior.log_spread = {
      .shared = 0.5, .main = 0.5, .pair = 0.6, .residual = 0.7, .distortion = 0.5, .noise = 1.0};
  prior.intercept_spread = 1;
  prior.offset_spread = 0.3;
  for (const double fidelity : fidelities) {
    if (fidelity < 1) prior.offsets.push_back(std::log(fidelity));
  }
  prior.effect = [&space, kernel](const knobs::Configuration& configuration) {
    double sum = 0;
    const auto knobs = space.knobs();
    for (std::size_t k = 0; k < knobs.size(); ++k) {
      const auto level = configuration.levels[k];
      if (level == knobs[k].off || !kernel.acts(k)) continue;
      const bool known = !knobs[k].expected.empty() && knobs[k].expected[level].has_value();
      sum += known ? std::log(knobs[k].expected[level]->energy_factor)
                   : kExpectedLogEffect * kernel.activity_of(k, level);
    }
    return sum;
  };
  return prior;
}

/// The stage that a run was stopped in is not whole, nor is what lies outside all stages.
void leave_out_unfinished(const pipeline::Outcome& outcome, std::map<std::string, double>& row) {
  row.erase(std::string(pipeline::kOutsideStages));
  for (auto stage = outcome.stages.rbegin(); stage != outcome.stages.rend(); ++stage) {
    if (stage->name == pipeline::kOutsideStages) continue;
    row.erase(stage->name);
    return;
  }
}

/// Energy of the stage that goes by `name` in the model; absent: the run does not tell it whole.
std::optional<double> energy_of(const std::map<std::string, double>& run, const std::string& name,
                                std::span<const std::string> own, bool completed) {
  if (name != kRestName) {
    const auto found = run.find(name);
    return found != run.end() && found->second > 0 ? std::optional(found->second) : std::nullopt;
  }
  if (!completed) return std::nullopt;
  double total = 0;
  double rest = 0;
  for (const auto& [stage, energy] : run) {
    total += energy;
    if (std::ranges::find(own, stage) == own.end()) rest += energy;
  }
  return std::max(rest, kLeastRest * total);
}

bool has_rest(const Table& runs, std::span<const std::string> own) {
  return own.empty() || std::ranges::any_of(runs, [&](const auto& run) {
           return std::ranges::any_of(run, [&](const auto& stage) {
             return stage.second > 0 && std::ranges::find(own, stage.first) == own.end();
           });
         });
}

}  // namespace

CascadeModel::CascadeModel(const knobs::Space& space, std::span<const double> fidelities,
                           std::span<const ObservedRun> runs, Quantity quantity) {
  Table completed;
  Table all;
  std::vector<const ObservedRun*> completed_runs;
  std::vector<const ObservedRun*> all_runs;
  for (const auto& run : runs) {
    const auto& outcome = *run.trial->outcome;
    const bool stopped = outcome.ending == pipeline::Ending::stopped;
    if (!run.completed && !(stopped && quantity == Quantity::energy)) continue;
    if (!outcome.energy || outcome.energy->value <= units::joules(0)) continue;
    std::map<std::string, double> row;
    for (auto& [name, amount] : amounts(outcome, quantity)) row[name] += amount;
    if (stopped) leave_out_unfinished(outcome, row);
    if (run.completed) {
      completed.push_back(row);
      completed_runs.push_back(&run);
    }
    all.push_back(std::move(row));
    all_runs.push_back(&run);
  }
  const std::vector<std::string> own = stages_of_their_own(completed);
  const std::vector<std::string> seen = stages_seen(completed);
  std::vector<std::string> names = own;
  if (has_rest(completed, own)) names.emplace_back(kRestName);
  for (const auto& name : names) {
    std::vector<Observation> observations;
    for (std::size_t r = 0; r < all.size(); ++r) {
      const auto energy = energy_of(all[r], name, own, all_runs[r]->completed);
      if (!energy) continue;
      observations.push_back(
          {all_runs[r]->trial->assignment.configuration, all_runs[r]->fidelity, std::log(*energy)});
    }
    const KnobKernel kernel(space, name == kRestName ? "" : name, seen);
    Prior prior = energy_prior(space, kernel, fidelities);
    // The baseline's own level is learnt from the runs; start near the first of them.
    if (!observations.empty()) {
      const auto& first = observations.front();
      prior.intercept = first.value - (first.fidelity > 0 ? prior.offsets[first.fidelity - 1] : 0);
    }
    stages_.push_back({name, 0, Regression(kernel, std::move(prior), observations)});
  }
  double total = 0;
  for (auto& stage : stages_) {
    stage.weight = std::exp(stage.log_energy.intercept().mean);
    total += stage.weight;
  }
  for (auto& stage : stages_) {
    stage.weight /= total;
    weights_.push_back(stage.weight);
  }
  fidelity_costs_.push_back(1);
  for (const double fidelity : fidelities) {
    if (fidelity < 1) fidelity_costs_.push_back(fidelity);
  }
  learn_fidelity_costs(completed, completed_runs);
}

void CascadeModel::learn_fidelity_costs(std::span<const std::map<std::string, double>> amounts,
                                        std::span<const ObservedRun* const> runs) {
  std::vector<double> log_ratios(fidelity_costs_.size(), 0.0);
  std::vector<double> counts(fidelity_costs_.size(), 0.0);
  const double full = baseline().median();
  for (std::size_t r = 0; r < runs.size(); ++r) {
    if (runs[r]->fidelity == 0) continue;
    double total = 0;
    for (const auto& [stage, amount] : amounts[r]) total += amount;
    const auto& configuration = runs[r]->trial->assignment.configuration;
    log_ratios[runs[r]->fidelity] += std::log(total / (full * relative(configuration).median()));
    counts[runs[r]->fidelity] += 1;
  }
  for (std::size_t f = 1; f < counts.size(); ++f) {
    if (counts[f] > 0) fidelity_costs_[f] = std::exp(log_ratios[f] / counts[f]);
  }
}

std::vector<LogNormal> CascadeModel::relative(
    std::span<const knobs::Configuration> configurations) const {
  std::vector<std::vector<Normal>> effects;
  for (const auto& stage : stages_) effects.push_back(stage.log_energy.effects(configurations));
  std::vector<LogNormal> sums;
  sums.reserve(configurations.size());
  std::vector<Normal> parts(stages_.size());
  for (std::size_t i = 0; i < configurations.size(); ++i) {
    for (std::size_t s = 0; s < stages_.size(); ++s) parts[s] = effects[s][i];
    sums.push_back(sum_of_lognormals(weights_, parts));
  }
  return sums;
}

LogNormal CascadeModel::relative(const knobs::Configuration& configuration) const {
  return relative(std::span(&configuration, 1)).front();
}

LogNormal CascadeModel::baseline() const {
  std::vector<double> ones(stages_.size(), 1.0);
  std::vector<Normal> parts;
  for (const auto& stage : stages_) parts.push_back(stage.log_energy.intercept());
  return sum_of_lognormals(ones, parts);
}

std::optional<LogNormal> CascadeModel::foretold_run(
    const knobs::Configuration& configuration) const {
  const std::vector<double> ones(stages_.size(), 1.0);
  std::vector<Normal> parts;
  for (const auto& stage : stages_) {
    if (stage.log_energy.observations().empty()) return std::nullopt;
    Normal part = stage.log_energy.response(configuration);
    const double noise = stage.log_energy.scales().noise;
    part.variance += noise * noise;
    parts.push_back(part);
  }
  if (parts.empty()) return std::nullopt;
  return sum_of_lognormals(ones, parts);
}

double CascadeModel::noise() const {
  double variance = 0;
  for (const auto& stage : stages_) {
    const double part = stage.weight * stage.log_energy.scales().noise;
    variance += part * part;
  }
  return std::sqrt(variance);
}

}  // namespace turngreen::explore
