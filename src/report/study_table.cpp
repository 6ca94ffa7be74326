#include "turngreen/report/study_table.h"

#include <fmt/format.h>

#include <algorithm>

#include "display_text.h"
#include "text_grid.h"
#include "turngreen/units/text.h"

namespace turngreen::report {
namespace {

using study::StudyRecord;
using study::Trial;
using Align = TextGrid::Align;

constexpr const char* kNone = "-";

/// The knobs that are not off.
std::string configuration_text(const StudyRecord& study, const knobs::Configuration& levels) {
  std::string text;
  for (std::size_t i = 0; i < study.knobs.size() && i < levels.levels.size(); ++i) {
    const std::size_t level = levels.levels[i];
    if (level == study.off.at(i)) continue;
    const auto& values = study.values.at(i);
    text += fmt::format("{}{}={}", text.empty() ? "" : ", ", study.knobs[i],
                        level < values.size() ? values[level] : "?");
  }
  return text.empty() ? "baseline" : printable(text);
}

std::vector<std::string> metric_names(std::span<const Trial> trials) {
  std::vector<std::string> names;
  for (const auto& trial : trials) {
    if (!trial.outcome) continue;
    for (const auto& metric : trial.outcome->metrics) {
      if (std::ranges::find(names, metric.name) == names.end()) names.push_back(metric.name);
    }
  }
  return names;
}

std::string energy_text(const pipeline::Outcome& outcome) {
  if (!outcome.energy) return kNone;
  const bool estimated = outcome.estimated > units::Energy();
  return (estimated ? "~" : "") + units::to_text(*outcome.energy);
}

std::vector<std::string> cells_of(const StudyRecord& study, const Trial& trial,
                                  const std::vector<std::string>& metrics) {
  const auto& outcome = trial.outcome;
  std::vector<std::string> cells{fmt::format("{}", trial.number),
                                 configuration_text(study, trial.assignment.configuration),
                                 outcome ? energy_text(*outcome) : kNone};
  for (const auto& name : metrics) {
    const auto value = outcome ? outcome->metric(name) : std::nullopt;
    cells.push_back(value ? fmt::format("{:.5g}", *value) : kNone);
  }
  cells.emplace_back(outcome ? pipeline::to_string(outcome->ending) : "running");
  cells.push_back(fmt::format("{:.4g}", trial.assignment.fidelity));
  cells.push_back(outcome ? units::to_text(outcome->time) : kNone);
  cells.emplace_back(study::to_string(trial.assignment.purpose));
  cells.push_back(outcome ? printable(outcome->reason) : std::string());
  return cells;
}

}  // namespace

std::string studies_table(std::span<const study::StudySummary> studies, const TableStyle& style) {
  if (studies.empty()) return "There are no studies in the store.\n";
  TextGrid grid({{"study", Align::left}, {"finished"}, {"running"}, {"spent"}, {"seed"}});
  for (const auto& study : studies) {
    grid.add({printable(study.name), fmt::format("{}", study.finished),
              fmt::format("{}", study.running), units::to_text(study.spent),
              fmt::format("{}", study.seed)});
  }
  return grid.text(style.columns, 4, style.colour);
}

std::string study_table(const StudyRecord& study, std::span<const Trial> trials,
                        const TableStyle& style) {
  const auto metrics = metric_names(trials);
  std::vector<TextGrid::Column> columns{
      {"trial", Align::left}, {"configuration", Align::left}, {"energy"}};
  for (const auto& name : metrics) columns.push_back({printable(name)});
  const std::size_t needed = columns.size();
  columns.push_back({"ending", Align::left});
  columns.push_back({"fidelity"});
  columns.push_back({"time"});
  columns.push_back({"purpose", Align::left});
  columns.push_back({"reason", Align::left});
  TextGrid grid(std::move(columns));
  units::Energy spent;
  for (const auto& trial : trials) {
    const bool faint = !trial.outcome || trial.outcome->ending != pipeline::Ending::completed;
    grid.add(cells_of(study, trial, metrics),
             faint ? TextGrid::Emphasis::faint : TextGrid::Emphasis::none);
    if (trial.outcome && trial.outcome->energy) spent += trial.outcome->energy->value;
  }
  std::string text =
      fmt::format("{}, seed {}, from {}\n{} trials, {} spent\n", printable(study.name), study.seed,
                  printable(study.file_path), trials.size(), units::to_text(spent));
  if (!trials.empty()) text += "\n" + grid.text(style.columns, needed, style.colour);
  return text;
}

}  // namespace turngreen::report
