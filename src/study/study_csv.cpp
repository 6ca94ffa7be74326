#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "turngreen/study/trial_json.h"
#include "turngreen/units/csv_line.h"

namespace turngreen::study {
namespace {

using Texts = std::vector<std::string>;
using Joules = std::optional<units::Bounded<units::Energy>>;

constexpr std::array kBefore{"number", "purpose"};
constexpr std::array kAfter{"fidelity", "seed",         "ending",        "reason",
                            "energy_j", "energy_low_j", "energy_high_j", "seconds"};

void add_new(Texts& names, const std::string& name) {
  if (std::ranges::find(names, name) == names.end()) names.push_back(name);
}

/// Stages and metrics of all trials, in the order of their first appearance.
struct Names {
  Texts stages, metrics;
};
Names names_of(const std::vector<Trial>& trials) {
  Names names;
  for (const auto& trial : trials) {
    if (!trial.outcome) continue;
    for (const auto& stage : trial.outcome->stages) add_new(names.stages, stage.name);
    for (const auto& metric : trial.outcome->metrics) add_new(names.metrics, metric.name);
  }
  return names;
}

/// No two columns have one name: a metric called "seed" becomes "metric_seed".
std::string header(const StudyRecord& study, const Names& names) {
  Texts columns(kBefore.begin(), kBefore.end());
  std::set<std::string> taken(kBefore.begin(), kBefore.end());
  taken.insert(kAfter.begin(), kAfter.end());
  const auto add = [&](std::string name, const std::string& prefix) {
    while (!taken.insert(name).second) name = prefix + name;
    columns.push_back(std::move(name));
  };
  for (const auto& knob : study.knobs) add(knob, "knob_");
  columns.insert(columns.end(), kAfter.begin(), kAfter.end());
  for (const auto& stage : names.stages) {
    add(stage + "_j", "stage_");
    add(stage + "_s", "stage_");
  }
  for (const auto& metric : names.metrics) add(metric, "metric_");
  return units::csv_line(columns);
}

void add_joules(Texts& cells, const Joules& energy) {
  cells.push_back(energy ? fmt::format("{}", energy->value.in_joules()) : "");
  cells.push_back(energy ? fmt::format("{}", energy->low.in_joules()) : "");
  cells.push_back(energy ? fmt::format("{}", energy->high.in_joules()) : "");
}

std::string row(const StudyRecord& study, const Trial& trial, const Names& names) {
  const Assignment& assignment = trial.assignment;
  const pipeline::Outcome& outcome = *trial.outcome;
  Texts cells{fmt::format("{}", trial.number), std::string(to_string(assignment.purpose))};
  for (std::size_t i = 0; i < study.knobs.size(); ++i) {
    cells.push_back(study.values.at(i).at(assignment.configuration.levels.at(i)));
  }
  cells.push_back(fmt::format("{}", assignment.fidelity));
  cells.push_back(fmt::format("{}", assignment.seed));
  cells.emplace_back(pipeline::to_string(outcome.ending));
  cells.push_back(outcome.reason);
  add_joules(cells, outcome.energy);
  cells.push_back(fmt::format("{}", outcome.time.in_seconds()));
  for (const auto& name : names.stages) {
    const auto stage = std::ranges::find(outcome.stages, name, &pipeline::StageCost::name);
    const bool there = stage != outcome.stages.end();
    cells.push_back(there ? fmt::format("{}", stage->energy.value.in_joules()) : "");
    cells.push_back(there ? fmt::format("{}", stage->time.in_seconds()) : "");
  }
  for (const auto& name : names.metrics) {
    const auto metric = outcome.metric(name);
    cells.push_back(metric ? fmt::format("{}", *metric) : "");
  }
  return units::csv_line(cells);
}

}  // namespace

std::string export_csv(const StudyRecord& study, const std::vector<Trial>& trials) {
  const Names names = names_of(trials);
  std::string text = header(study, names);
  for (const auto& trial : trials) {
    // A table pipeline would take the scores on the test rows for more of the others.
    if (!trial.outcome || trial.assignment.purpose == Purpose::test) continue;
    text += row(study, trial, names);
  }
  return text;
}

}  // namespace turngreen::study
