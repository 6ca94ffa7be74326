#include "measured_outcome.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

namespace turngreen::pipeline {
namespace {

using energy::Statement;

/// Index of the top-level stage that the one at `index` lies in.
std::size_t top_of(const Statement& statement, std::size_t index) {
  while (statement.stages[index].parent) index = *statement.stages[index].parent;
  return index;
}

/// The name of the top-level stage that work told within a stage belongs to; empty: stages of that
/// name lie in different ones.
std::string stage_of_work(const Statement& statement, const std::string& stage) {
  if (stage.empty()) return std::string(kOutsideStages);
  std::string found;
  for (std::size_t i = 0; i < statement.stages.size(); ++i) {
    if (statement.stages[i].name != stage) continue;
    const std::string& top = statement.stages[top_of(statement, i)].name;
    if (!found.empty() && found != top) return {};
    found = top;
  }
  return found;
}

/// Adds what the counted domains took to what they took before.
void add_domains(std::vector<DomainCost>& costs, const Statement& statement,
                 const std::vector<energy::DomainEnergy>& energies) {
  for (std::size_t i = 0; i < energies.size() && i < statement.domains.size(); ++i) {
    if (!statement.domains[i].counted() || !energies[i].energy) continue;
    const std::string& name = statement.domains[i].name;
    const auto same = std::ranges::find(costs, name, &DomainCost::name);
    if (same == costs.end()) {
      costs.push_back({name, energies[i].energy->value});
    } else {
      same->energy += energies[i].energy->value;
    }
  }
}

/// A stage of the statement, or what fell outside them all.
struct Part {
  std::string name;
  units::Duration time;
  const energy::DomainEnergy& total;
  const std::vector<energy::DomainEnergy>& domains;
};

void add_cost(Outcome& outcome, const Part& part, const Statement& statement) {
  if (!part.total.energy) {
    outcome.faults.push_back(fmt::format("stage {}: no sensor told its energy", part.name));
    return;
  }
  // A program may have a stage of its own called as what lies outside all stages.
  auto stage = std::ranges::find(outcome.stages, part.name, &StageCost::name);
  if (stage == outcome.stages.end()) {
    stage = outcome.stages.insert(stage, StageCost{part.name, *part.total.energy, part.time, {}});
  } else {
    stage->energy += *part.total.energy;
    stage->time = stage->time + part.time;
  }
  add_domains(stage->domains, statement, part.domains);
}

void add_stages(Outcome& outcome, const Measurement& measurement) {
  const Statement& statement = measurement.energy;
  for (const energy::StageEnergy& stage : statement.stages) {
    if (!stage.parent) {
      add_cost(outcome, {stage.name, stage.time, stage.total, stage.domains}, statement);
    }
  }
  const auto& outside = statement.outside;
  const bool something = outside.time > units::Duration() ||
                         (outside.total.energy && outside.total.energy->value > units::Energy());
  if (something || outcome.stages.empty()) {
    add_cost(outcome, {std::string(kOutsideStages), outside.time, outside.total, outside.domains},
             statement);
  }
  for (const Progress& progress : measurement.progress) {
    if (progress.samples == 0) continue;
    const auto stage = std::ranges::find(outcome.stages, stage_of_work(statement, progress.stage),
                                         &StageCost::name);
    if (stage == outcome.stages.end()) continue;
    stage->samples = stage->samples.value_or(0) + progress.samples;
  }
}

std::string basis_of(const Statement& statement) {
  std::string basis;
  for (const energy::Domain& domain : statement.domains) {
    if (!domain.counted()) continue;
    const std::string_view kind = domain.estimated() ? "estimated" : to_string(domain.source);
    if (basis.find(kind) != std::string::npos) continue;
    basis += fmt::format("{}{}", basis.empty() ? "" : ", ", kind);
  }
  return basis;
}

std::string sentence(const energy::Fault& fault) {
  std::string text = fault.subject.empty() ? "" : fault.subject + ": ";
  text += fault.detail.empty() ? std::string(energy::explain(fault.kind)) : fault.detail;
  if (fault.count > 1) text += fmt::format(" ({} times)", fault.count);
  return text;
}

/// Absent where no joule was measured and some of the time was not: that is not a run of 0 J.
std::optional<units::Bounded<units::Energy>> told_energy(const energy::DomainEnergy& total) {
  const bool tells_nothing = total.energy && total.energy->value == units::Energy() &&
                             units::Duration() < total.unmeasured;
  return tells_nothing ? std::nullopt : total.energy;
}

}  // namespace

Outcome measured_outcome(const Measurement& measurement) {
  const Statement& statement = measurement.energy;
  Outcome outcome;
  outcome.energy = told_energy(statement.total);
  outcome.estimated = statement.estimated;
  outcome.time = statement.time();
  outcome.metrics = measurement.metrics;
  outcome.effective = measurement.effective;
  outcome.peak_memory_bytes = measurement.resources.peak_memory_bytes;
  outcome.energy_basis = basis_of(statement);
  for (const energy::Fault& fault : statement.faults) {
    // A counter that wrapped was unwrapped: nothing went wrong.
    if (fault.kind != energy::FaultKind::wrap) outcome.faults.push_back(sentence(fault));
  }
  add_stages(outcome, measurement);
  return outcome;
}

}  // namespace turngreen::pipeline
