#include <fmt/format.h>

#include <algorithm>

#include "configuration_figures.h"
#include "turngreen/report/study_report.h"
#include "turngreen/units/csv_line.h"

namespace turngreen::report {
namespace {

using explore::RepeatMean;

template <typename T>
std::string cell(const std::optional<T>& value) {
  return value ? fmt::format("{}", *value) : std::string();
}

/// Value, low and high.
void add_mean(std::vector<std::string>& cells, const std::optional<RepeatMean>& mean) {
  cells.push_back(mean ? fmt::format("{}", mean->mean) : "");
  cells.push_back(mean && mean->interval ? fmt::format("{}", mean->interval->low) : "");
  cells.push_back(mean && mean->interval ? fmt::format("{}", mean->interval->high) : "");
}

std::string value_of(const std::optional<explore::RelativeChange>& value) {
  return value ? fmt::format("{}", value->value) : std::string();
}

}  // namespace

std::string report_csv(const StudyReport& report) {
  const auto stages = stage_names(report);
  const auto figures = configuration_figures(report);
  std::vector<std::string> header{
      "name",           "status",          "quadrant",      "runs",         "full_runs",
      "energy_j",       "energy_low_j",    "energy_high_j", "seconds",      "seconds_low",
      "seconds_high",   "quality",         "quality_low",   "quality_high", "energy_change",
      "seconds_change", "ear_j_per_point", "kwh",           "gco2e",        "cost",
      "flops"};
  for (const auto& stage : stages) {
    header.push_back("stage_" + stage + "_j");
    header.push_back("stage_" + stage + "_s");
  }
  header.emplace_back("reason");
  std::string text = units::csv_line(header);
  for (std::size_t i = 0; i < figures.size(); ++i) {
    const auto& each = report.analysis.configurations[i];
    const auto& quadrant = each.change.quadrant;
    std::vector<std::string> cells{each.name, std::string(explore::to_string(each.status)),
                                   quadrant ? std::string(explore::to_string(*quadrant)) : "",
                                   fmt::format("{}", each.runs), fmt::format("{}", each.full_runs)};
    add_mean(cells, each.energy);
    add_mean(cells, each.seconds);
    add_mean(cells, each.quality);
    cells.push_back(value_of(each.change.energy));
    cells.push_back(value_of(each.change.seconds));
    cells.push_back(cell(figures[i].joules_per_point));
    cells.push_back(cell(figures[i].kilowatt_hours));
    cells.push_back(cell(figures[i].grams_co2e));
    cells.push_back(cell(figures[i].cost));
    cells.push_back(cell(figures[i].flops));
    for (const auto& stage : stages) {
      const auto found = std::ranges::find(each.stages, stage, &explore::StageSummary::name);
      const bool known = found != each.stages.end();
      cells.push_back(known && found->energy ? fmt::format("{}", found->energy->mean) : "");
      cells.push_back(known && found->seconds ? fmt::format("{}", found->seconds->mean) : "");
    }
    cells.push_back(each.reason);
    text += units::csv_line(cells);
  }
  return text;
}

}  // namespace turngreen::report
