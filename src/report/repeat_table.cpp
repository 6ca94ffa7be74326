#include "turngreen/report/repeat_table.h"

#include <fmt/format.h>

#include <algorithm>

#include "display_text.h"
#include "measurement_heading.h"
#include "measurement_words.h"
#include "stage_outline.h"
#include "text_grid.h"
#include "turngreen/pipeline/repeat.h"
#include "turngreen/units/text.h"

namespace turngreen::report {
namespace {

using pipeline::Measurement;
using pipeline::RepeatSummary;
using pipeline::Spread;
using Emphasis = TextGrid::Emphasis;

constexpr std::size_t kLongestName = 40;

bool run_holds_estimate(const Measurement& run) {
  return holds_estimate(run.energy, run.energy.domain_totals);
}

std::string run_grid(std::span<const Measurement> runs, const TableStyle& style) {
  TextGrid grid({{"run", TextGrid::Align::left},
                 {"energy"},
                 {"at least"},
                 {"at most"},
                 {"time"},
                 {"exit status"},
                 {"faults"}});
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const auto& total = runs[i].energy.total.energy;
    const bool estimated = run_holds_estimate(runs[i]);
    const auto bound = [&](const auto& member) {
      return total ? energy_text((*total).*member, estimated) : std::string("-");
    };
    grid.add({fmt::to_string(i + 1),
              energy_text(total ? std::optional(total->value) : std::nullopt, estimated),
              bound(&EnergyBounds::low), bound(&EnergyBounds::high),
              units::to_text(runs[i].energy.time()), fmt::to_string(runs[i].exit_status),
              fmt::to_string(runs[i].energy.faults.size())});
  }
  return grid.text(style.columns, 4, style.colour);
}

template <typename T>
std::vector<std::string> spread_cells(const Spread<T>& spread, std::string_view mark) {
  if (!spread.mean) return {"not measured", "-", "-", "-"};
  std::vector<std::string> cells{fmt::format("{}{}", mark, units::to_text(*spread.mean))};
  cells.push_back(spread.interval ? fmt::format("{}{}", mark, units::to_text(spread.interval->low))
                                  : "-");
  cells.push_back(spread.interval ? fmt::format("{}{}", mark, units::to_text(spread.interval->high))
                                  : "-");
  cells.push_back(spread.coefficient_of_variation
                      ? fmt::format("{:.2f} %", 100 * *spread.coefficient_of_variation)
                      : "-");
  return cells;
}

std::string stage_name(const RepeatSummary& summary, std::size_t stage) {
  std::size_t levels = 0;
  for (auto at = summary.stages[stage].parent; at; at = summary.stages[*at].parent) ++levels;
  return std::string(2 * levels, ' ') +
         shortened(printable(summary.stages[stage].name), kLongestName);
}

std::string summary_grid(const RepeatSummary& summary, std::string_view mark,
                         const TableStyle& style) {
  TextGrid grid({{"mean of runs", TextGrid::Align::left},
                 {"energy"},
                 {"95 % from"},
                 {"to"},
                 {"variation"},
                 {"time"},
                 {"variation"}});
  const auto add = [&](std::string name, const auto& energy, const auto& time, Emphasis emphasis) {
    std::vector<std::string> cells = spread_cells(energy, mark);
    cells.insert(cells.begin(), std::move(name));
    const auto times = spread_cells(time, "");
    cells.insert(cells.end(), {times.front(), times.back()});
    grid.add(std::move(cells), emphasis);
  };
  for (std::size_t i = 0; i < summary.stages.size(); ++i) {
    add(stage_name(summary, i), summary.stages[i].energy, summary.stages[i].time, Emphasis::none);
  }
  add("total", summary.energy, summary.time, Emphasis::strong);
  return grid.text(style.columns, 5, style.colour);
}

std::string fault_lines(std::span<const Measurement> runs) {
  std::string out;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    for (const auto& fault : runs[i].energy.faults) {
      out += fmt::format("run {}: {}\n", i + 1, fault_sentence(fault));
    }
  }
  return out;
}

}  // namespace

std::string repeat_table(std::span<const Measurement> runs, const TableStyle& style) {
  const bool estimated = std::any_of(
      runs.begin(), runs.end(), [](const Measurement& run) { return run_holds_estimate(run); });
  const RepeatSummary summary = pipeline::summarise(runs);
  std::string out = title_line(runs[0], style) + fmt::format("{} runs\n", runs.size()) +
                    found_lines(runs[0], style) + '\n' + run_grid(runs, style) + '\n' +
                    summary_grid(summary, estimated ? "~" : "", style) +
                    "\nThe interval tells how well runs repeat; how well each is known is between "
                    "its \"at least\" and \"at most\".\n";
  if (estimated) out += "~ holds estimated energy: a model's, not a sensor's\n";
  return out + fault_lines(runs);
}

}  // namespace turngreen::report
