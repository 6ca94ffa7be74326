#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "display_text.h"
#include "report_sentences.h"
#include "text_grid.h"
#include "turngreen/report/measurement_table.h"
#include "turngreen/report/study_report.h"
#include "turngreen/units/text.h"

namespace turngreen::report {
namespace {

using Align = TextGrid::Align;
using explore::ConfigurationSummary;
using explore::Status;

constexpr std::size_t kMostRows = 12;
constexpr std::size_t kMostNotes = 8;

std::string percent(const std::optional<explore::RelativeChange>& change) {
  return change ? fmt::format("{:+.1f} %", 100 * change->value) : "-";
}

/// The baseline, then what is best: recommended, frontier, the rest by energy.
std::vector<const ConfigurationSummary*> rows_of(const StudyReport& report) {
  std::vector<const ConfigurationSummary*> rows;
  for (const auto& each : report.analysis.configurations) rows.push_back(&each);
  const auto key = [](const ConfigurationSummary* each) {
    return std::tuple(!each->is_baseline, each->status, each->energy ? 0 : 1,
                      each->energy ? each->energy->mean : 0.0);
  };
  std::ranges::stable_sort(rows, {}, key);
  return rows;
}

std::string table_of(const StudyReport& report, const TableStyle& style) {
  TextGrid grid({{"configuration", Align::left},
                 {"energy"},
                 {"change"},
                 {"status", Align::left},
                 {printable(report.study.quality.metric)},
                 {"time"},
                 {"runs"}});
  const auto rows = rows_of(report);
  for (std::size_t i = 0; i < std::min(rows.size(), kMostRows); ++i) {
    const auto& each = *rows[i];
    const char* estimated = each.estimated_share > 0 ? "~" : "";
    grid.add(
        {printable(each.name),
         each.energy ? estimated + units::to_text(units::joules(each.energy->mean)) : "-",
         percent(each.change.energy), std::string(explore::to_string(each.status)),
         each.quality ? fmt::format("{:.5g}", each.quality->mean) : "-",
         percent(each.change.seconds), fmt::format("{}", each.full_runs)},
        each.status == Status::recommended ? TextGrid::Emphasis::strong : TextGrid::Emphasis::none);
  }
  std::string text = grid.text(style.columns, 4, style.colour);
  if (rows.size() > kMostRows) text += fmt::format("... and {} more\n", rows.size() - kMostRows);
  return text;
}

}  // namespace

std::string report_summary(const StudyReport& report, const TableStyle& style) {
  std::string text =
      fmt::format("study {}: {} trials of {} configurations\n", printable(report.study.name),
                  report.trials.size(), report.analysis.configurations.size());
  for (const auto& sentence : report_sentences(report)) text += printable(sentence) + '\n';
  text += '\n' + table_of(report, style);
  const auto& notes = report.analysis.notes;
  if (!notes.empty()) text += '\n';
  for (std::size_t i = 0; i < std::min(notes.size(), kMostNotes); ++i) {
    text += fmt::format("note: {}\n", printable(notes[i].text));
  }
  if (notes.size() > kMostNotes) {
    text +=
        fmt::format("... and {} more notes, in the page and the JSON\n", notes.size() - kMostNotes);
  }
  return text;
}

}  // namespace turngreen::report
