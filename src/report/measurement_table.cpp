#include "turngreen/report/measurement_table.h"

#include <fmt/format.h>

#include "display_text.h"
#include "measurement_footnotes.h"
#include "measurement_heading.h"
#include "measurement_words.h"
#include "stage_outline.h"
#include "text_grid.h"
#include "turngreen/units/text.h"

namespace turngreen::report {
namespace {

using energy::DomainEnergy;
using energy::Statement;
using pipeline::Measurement;
using Emphasis = TextGrid::Emphasis;

constexpr std::size_t kLongestName = 40;

std::optional<units::Energy> value_of(const std::optional<EnergyBounds>& energy) {
  return energy ? std::optional(energy->value) : std::nullopt;
}

std::string bound_text(const std::optional<EnergyBounds>& energy, bool high, bool estimated) {
  if (!energy) return "-";
  return (estimated ? "~" : "") + units::to_text(high ? energy->high : energy->low);
}

std::string power_text(const std::optional<EnergyBounds>& energy, units::Duration time,
                       bool estimated) {
  if (!energy || time <= units::Duration()) return "-";
  return (estimated ? "~" : "") + units::to_text(energy->value / time);
}

std::string share_text(const std::optional<EnergyBounds>& part,
                       const std::optional<EnergyBounds>& whole, bool estimated) {
  if (!part || !whole || whole->value <= units::Energy()) return "-";
  return fmt::format("{}{:.1f} %", estimated ? "~" : "", 100 * (part->value / whole->value));
}

/// The indented name of a stage's row, and of the row of its own part.
std::string row_name(const Statement& s, std::size_t stage) {
  return std::string(2 * depth(s, stage), ' ') +
         shortened(printable(s.stages[stage].name), kLongestName);
}
std::string own_row_name(const Statement& s, std::size_t stage) {
  return std::string(2 * depth(s, stage) + 2, ' ') + "(own)";
}

/// Calls `row(stage, own)` for each row of stages: parents before children, the own part after the
/// last child.
template <typename Row>
void for_each_stage_row(const Statement& s, const Row& row,
                        std::optional<std::size_t> parent = {}) {
  for (std::size_t i = parent ? *parent + 1 : 0; i < s.stages.size(); ++i) {
    if (s.stages[i].parent != parent) continue;
    row(i, false);
    if (!has_children(s, i)) continue;
    for_each_stage_row(s, row, i);
    row(i, true);
  }
}

std::string stage_grid(const Measurement& m, const TableStyle& style) {
  const Statement& s = m.energy;
  TextGrid grid({{"stage", TextGrid::Align::left},
                 {"energy"},
                 {"at least"},
                 {"at most"},
                 {"time"},
                 {"share"},
                 {"power"},
                 {"count"}});
  for_each_stage_row(s, [&](std::size_t i, bool own) {
    const auto& stage = s.stages[i];
    const auto energy = own ? own_total(s, i).energy : stage.total.energy;
    const bool estimated = holds_estimate(s, own ? stage.own : stage.domains);
    grid.add({own ? own_row_name(s, i) : row_name(s, i), energy_text(value_of(energy), estimated),
              bound_text(energy, false, estimated), bound_text(energy, true, estimated),
              own ? "" : units::to_text(stage.time), share_text(energy, s.total.energy, estimated),
              own ? "" : power_text(energy, stage.time, estimated),
              own ? "" : fmt::to_string(stage.count)},
             own ? Emphasis::faint : Emphasis::none);
  });
  const bool estimated = holds_estimate(s, s.domain_totals);
  if (!s.stages.empty()) {
    const auto& rest = s.outside.total.energy;
    grid.add({"(outside stages)", energy_text(value_of(rest), estimated),
              bound_text(rest, false, estimated), bound_text(rest, true, estimated),
              units::to_text(s.outside.time), share_text(rest, s.total.energy, estimated)},
             Emphasis::faint);
  }
  const auto& total = s.total.energy;
  grid.add({"total", energy_text(value_of(total), estimated), bound_text(total, false, estimated),
            bound_text(total, true, estimated), units::to_text(s.time()),
            share_text(total, total, false), power_text(total, s.time(), estimated)},
           Emphasis::strong);
  return grid.text(style.columns, 4, style.colour);
}

std::string domain_grid(const Statement& s, const TableStyle& style) {
  TextGrid grid({{"domain", TextGrid::Align::left},
                 {"energy"},
                 {"at least"},
                 {"at most"},
                 {"power"},
                 {"source", TextGrid::Align::left}});
  for (std::size_t i = 0; i < s.domains.size() && i < s.domain_totals.size(); ++i) {
    const auto& domain = s.domains[i];
    const auto& energy = s.domain_totals[i].energy;
    const bool estimated = domain.estimated();
    std::string source(source_words(domain.source));
    if (!domain.counted()) source += ", not added: " + printable(domain.not_counted_because);
    grid.add({printable(domain.name), energy_text(value_of(energy), estimated),
              bound_text(energy, false, estimated), bound_text(energy, true, estimated),
              power_text(energy, s.time(), estimated), std::move(source)},
             domain.counted() ? Emphasis::none : Emphasis::faint);
  }
  return grid.text(style.columns, 4, style.colour);
}

/// Stages down, `count` domains from `first` across.
TextGrid stage_by_domain_grid(const Statement& s, std::size_t first, std::size_t count) {
  std::vector<TextGrid::Column> columns{{"stage", TextGrid::Align::left}};
  for (std::size_t d = first; d < first + count; ++d) {
    columns.push_back({printable(s.domains[d].name)});
  }
  TextGrid grid(std::move(columns));
  for_each_stage_row(s, [&](std::size_t i, bool own) {
    const auto& energies = own ? s.stages[i].own : s.stages[i].domains;
    std::vector<std::string> cells{own ? own_row_name(s, i) : row_name(s, i)};
    for (std::size_t d = first; d < first + count && d < energies.size(); ++d) {
      cells.push_back(energy_text(value_of(energies[d].energy), s.domains[d].estimated()));
    }
    grid.add(std::move(cells), own ? Emphasis::faint : Emphasis::none);
  });
  return grid;
}

/// As many blocks of domains as the width asks for.
std::string stage_by_domain_grids(const Statement& s, const TableStyle& style) {
  std::string out;
  for (std::size_t first = 0, count = 0; first < s.domains.size(); first += count) {
    count = s.domains.size() - first;
    TextGrid grid = stage_by_domain_grid(s, first, count);
    while (count > 1 && grid.width(count + 1) > style.columns) {
      grid = stage_by_domain_grid(s, first, --count);
    }
    out += '\n' + grid.text(style.columns, 2, style.colour);
  }
  return out;
}

}  // namespace

std::string measurement_table(const Measurement& measurement, const TableStyle& style) {
  const Statement& s = measurement.energy;
  std::string out = measurement_heading(measurement, style) + stage_grid(measurement, style);
  if (s.domains.size() > 1) out += '\n' + domain_grid(s, style);
  if (s.domains.size() > 1 && !s.stages.empty()) out += stage_by_domain_grids(s, style);
  return out + measurement_footnotes(measurement, style);
}

}  // namespace turngreen::report
