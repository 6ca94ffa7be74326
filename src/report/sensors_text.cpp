#include <fmt/format.h>

#include "display_text.h"
#include "measurement_words.h"
#include "text_grid.h"
#include "turngreen/report/sensors_report.h"
#include "turngreen/units/text.h"

namespace turngreen::report {
namespace {

using Emphasis = TextGrid::Emphasis;

std::string machine_line(const energy::Machine& machine) {
  std::string line = machine.cpu_model.empty() ? "unknown processor" : machine.cpu_model;
  if (!machine.microarchitecture.empty()) line += " (" + machine.microarchitecture + ")";
  line += fmt::format(", {} logical processors, {:.1f} GiB", machine.logical_cpus,
                      static_cast<double>(machine.memory_bytes) / (1 << 30));
  if (!machine.hypervisor.empty()) line += ", under " + machine.hypervisor;
  return printable(line);
}

std::string period_text(const ObservedDomain& row) {
  if (row.domain.estimated()) return "each read";
  if (!row.observed) return "not observed";
  if (!row.observed->period) return row.observed->changes == 0 ? "no change seen" : "not seen";
  return units::to_text(*row.observed->period);
}

std::string step_text(const ObservedDomain& row) {
  if (row.domain.estimated() || !row.observed || !row.observed->smallest) return "-";
  return units::to_text(*row.observed->smallest);
}

std::string power_text(const ObservedDomain& row) {
  if (!row.observed || !row.observed->mean_power) return "-";
  return (row.domain.estimated() ? "~" : "") + units::to_text(*row.observed->mean_power);
}

std::string domain_grid(const SensorsReport& report, const TableStyle& style) {
  TextGrid grid({{"domain", TextGrid::Align::left},
                 {"kind", TextGrid::Align::left},
                 {"source", TextGrid::Align::left},
                 {"period"},
                 {"step"},
                 {"power"}});
  for (const auto& row : report.domains) {
    const auto& domain = row.domain;
    grid.add({printable(domain.name), std::string(energy::to_string(domain.kind)),
              std::string(source_words(domain.source)), period_text(row), step_text(row),
              power_text(row)},
             domain.counted() ? Emphasis::none : Emphasis::faint);
  }
  return grid.text(style.columns, 3, style.colour);
}

std::string not_counted_lines(const SensorsReport& report) {
  std::string out;
  for (const auto& row : report.domains) {
    if (row.domain.counted()) continue;
    out += fmt::format("{} is shown and not added to totals: {}\n", printable(row.domain.name),
                       printable(row.domain.not_counted_because));
  }
  return out;
}

std::string origin_lines(const SensorsReport& report) {
  std::string out;
  for (const auto& row : report.domains) {
    if (row.domain.estimated() || row.domain.origin.empty()) continue;
    out += fmt::format("{}: {}\n", printable(row.domain.name), printable(row.domain.origin));
  }
  return out;
}

std::string section(std::string_view title, const std::string& lines, bool colour) {
  if (lines.empty()) return {};
  return '\n' + emphasised(std::string(title), Emphasis::strong, colour) + '\n' + lines;
}

std::string obstacle_lines(const SensorsReport& report) {
  std::string out;
  for (const auto& obstacle : report.obstacles) {
    out += fmt::format("{}: {}\n", printable(obstacle.sensor), printable(obstacle.reason));
    if (!obstacle.remedy.empty()) out += fmt::format("    {}\n", printable(obstacle.remedy));
  }
  return out;
}

std::string left_out_lines(const SensorsReport& report) {
  std::string out;
  for (const auto& left : report.left_out) {
    out += fmt::format("{} ({}): {}\n", printable(left.name), printable(left.origin),
                       printable(left.reason));
  }
  return out;
}

std::string estimate_lines(const SensorsReport& report) {
  std::string out;
  for (const auto& sentence : report.estimate_basis) out += printable(sentence) + '\n';
  return out;
}

}  // namespace

std::string sensors_text(const SensorsReport& report, const TableStyle& style) {
  std::string out = machine_line(report.machine) + "\n\n";
  out += report.domains.empty() ? "No sensor was found, and nothing can be estimated.\n"
                                : domain_grid(report, style) + not_counted_lines(report);
  return out + section("Read from", origin_lines(report), style.colour) +
         section("Estimated, not measured", estimate_lines(report), style.colour) +
         section("In the way (the least that changes it is indented)", obstacle_lines(report),
                 style.colour) +
         section("Left out", left_out_lines(report), style.colour);
}

}  // namespace turngreen::report
