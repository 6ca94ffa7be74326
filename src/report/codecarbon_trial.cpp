#include "codecarbon_trial.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "turngreen/units/text.h"

namespace turngreen::report {
namespace {

using pipeline::Outcome;
using pipeline::StageCost;
using Joules = units::Bounded<units::Energy>;

/// A smaller part of a run's energy outside its tasks is the tracker's own start and end.
constexpr double kLeastRest = 1e-3;
constexpr double kDisagreement = 0.01;

/// Domains of which something is known; a GPU that counted nothing is none.
std::vector<pipeline::DomainCost> domains_of(const CodeCarbonRow& row) {
  std::vector<pipeline::DomainCost> domains;
  if (row.cpu) domains.push_back({"cpu", *row.cpu});
  if (row.gpu && (*row.gpu > units::Energy() || !row.gpu_model.empty())) {
    domains.push_back({"gpu", *row.gpu});
  }
  if (row.ram) domains.push_back({"ram", *row.ram});
  return domains;
}

void add_stage(Outcome& outcome, const std::string& name, const CodeCarbonRow& row) {
  StageCost stage{name, Joules::exactly(row.energy), row.duration, {}};
  stage.domains = domains_of(row);
  outcome.stages.push_back(std::move(stage));
  outcome.energy =
      outcome.energy ? *outcome.energy + Joules::exactly(row.energy) : Joules::exactly(row.energy);
  outcome.time = outcome.time + row.duration;
  if (row.ram) outcome.estimated += *row.ram;
}

/// What the run took outside its tasks.
void add_rest(Outcome& outcome, const CodeCarbonRun& run) {
  const CodeCarbonRow& whole = *run.whole;
  const auto less = [](const std::optional<units::Energy>& of_run, units::Energy of_tasks) {
    if (!of_run) return of_run;
    return std::optional(std::max(units::Energy(), *of_run - of_tasks));
  };
  CodeCarbonRow rest = whole;
  units::Energy cpu, gpu, ram;
  for (const auto& task : run.tasks) {
    cpu += task.cpu.value_or(units::Energy());
    gpu += task.gpu.value_or(units::Energy());
    ram += task.ram.value_or(units::Energy());
  }
  rest.energy = whole.energy - run.energy();
  rest.cpu = less(whole.cpu, cpu);
  rest.gpu = less(whole.gpu, gpu);
  rest.ram = less(whole.ram, ram);
  // CodeCarbon's time of the run is that of its last task, unless it is more than all of them.
  rest.duration = std::max(units::Duration(), whole.duration - run.duration());
  add_stage(outcome, std::string(pipeline::kOutsideStages), rest);
}

std::string basis_of(const CodeCarbonRow& row) {
  const bool ours = row.version.starts_with("turngreen-");
  std::string basis = ours ? row.version : "CodeCarbon";
  if (!ours && !row.version.empty()) basis += " " + row.version;
  if (!row.tracking_mode.empty()) basis += fmt::format(" ({})", row.tracking_mode);
  return basis;
}

}  // namespace

Outcome outcome_of(const CodeCarbonRun& run, std::vector<std::string>& notes) {
  Outcome outcome;
  outcome.metrics = run.metrics;
  outcome.energy_basis = basis_of(run.some_row());
  if (run.tasks.empty()) {
    add_stage(outcome, std::string(pipeline::kOutsideStages), *run.whole);
    return outcome;
  }
  for (const auto& task : run.tasks) add_stage(outcome, task.task, task);
  if (!run.whole) return outcome;
  const double tasks = run.energy().in_joules();
  const double whole = run.whole->energy.in_joules();
  const bool disagree = std::abs(whole - tasks) > kDisagreement * std::max(whole, tasks);
  if (whole - tasks > kLeastRest * whole) {
    add_rest(outcome, run);
    if (disagree) {
      notes.push_back(
          fmt::format("the run took {} and its tasks {} of it; what is left stands as a "
                      "stage \"{}\"",
                      units::to_text(run.whole->energy), units::to_text(run.energy()),
                      pipeline::kOutsideStages));
    }
  } else if (disagree) {
    notes.push_back(
        fmt::format("the run's total is {} and its tasks add up to {}; the tasks are "
                    "taken",
                    units::to_text(run.whole->energy), units::to_text(run.energy())));
  }
  return outcome;
}

study::Provenance provenance_of(const CodeCarbonRun& run) {
  const CodeCarbonRow& row = run.some_row();
  study::Provenance facts;
  const auto add = [&facts](std::string_view name, std::string value) {
    if (!value.empty()) facts.emplace_back(name, std::move(value));
  };
  add("source", "codecarbon");
  add("run_id", run.run_id);
  add("project", row.project);
  add("codecarbon", row.version);
  add("tracking_mode", row.tracking_mode);
  add("cpu", row.cpu_model);
  add("gpu", row.gpu_model);
  add("os", row.os);
  add("python", row.python_version);
  add("country", row.country);
  add("region", row.region);
  std::optional<units::Carbon> emissions = units::Carbon();
  for (const auto& task : run.tasks) {
    if (!task.emissions) emissions.reset();
    if (emissions) *emissions += *task.emissions;
  }
  if (run.tasks.empty()) emissions = run.whole->emissions;
  if (emissions) add("emissions_kg", fmt::format("{}", emissions->in_kilograms()));
  if (run.whole) {
    add("codecarbon_total_kwh", fmt::format("{}", run.whole->energy.in_kilowatt_hours()));
    if (run.whole->pue) add("pue", fmt::format("{}", *run.whole->pue));
  }
  return facts;
}

RunTimes times_of(const CodeCarbonRun& run) {
  RunTimes times;
  const auto consider = [&times](const CodeCarbonRow& row) {
    if (!row.ended_unix_ns) return;
    const std::int64_t began =
        std::max<std::int64_t>(0, *row.ended_unix_ns - row.duration.in_nanoseconds());
    times.started = times.ended == 0 ? began : std::min(times.started, began);
    times.ended = std::max(times.ended, *row.ended_unix_ns);
  };
  for (const auto& task : run.tasks) consider(task);
  if (run.tasks.empty() && run.whole) consider(*run.whole);
  return times;
}

}  // namespace turngreen::report
