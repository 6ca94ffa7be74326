#include <fmt/format.h>

#include "configuration_figures.h"
#include "report_sentences.h"
#include "turngreen/report/study_report.h"
#include "turngreen/units/text.h"

namespace turngreen::report {
namespace {

/// A name or a sentence as Markdown shows it: nothing in it becomes markup, or another cell.
std::string plain(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '\n' || c == '\r') {
      escaped += ' ';
      continue;
    }
    if (std::string_view("\\`*_{}[]<>#|!~&").find(c) != std::string_view::npos) escaped += '\\';
    escaped += c;
  }
  return escaped;
}

std::string percent(const std::optional<explore::RelativeChange>& change) {
  return change ? fmt::format("{:+.1f} %", 100 * change->value) : "-";
}

std::string interval(const std::optional<explore::RepeatMean>& mean) {
  if (!mean) return "-";
  if (!mean->interval) return fmt::format("{:.5g}", mean->mean);
  return fmt::format("{:.5g} ({:.5g} .. {:.5g})", mean->mean, mean->interval->low,
                     mean->interval->high);
}

std::string energy(const std::optional<explore::RepeatMean>& mean) {
  return mean ? units::to_text(units::joules(mean->mean)) : "-";
}

std::string configurations_table(const StudyReport& report) {
  const auto figures = configuration_figures(report);
  std::string text = fmt::format(
      "| configuration | status | runs | energy | change | time | {} | J per point | gCO2e |\n"
      "|---|---|--:|--:|--:|--:|--:|--:|--:|\n",
      plain(report.study.quality.metric));
  for (std::size_t i = 0; i < figures.size(); ++i) {
    const auto& each = report.analysis.configurations[i];
    const auto& figure = figures[i];
    text += fmt::format(
        "| {} | {} | {} | {} | {} | {} | {} | {} | {} |\n", plain(each.name),
        explore::to_string(each.status), each.full_runs, energy(each.energy),
        percent(each.change.energy), percent(each.change.seconds), interval(each.quality),
        figure.joules_per_point ? fmt::format("{:.4g}", *figure.joules_per_point) : "-",
        figure.grams_co2e ? fmt::format("{:.4g}", *figure.grams_co2e) : "-");
  }
  return text;
}

std::string pathways_list(const StudyReport& report) {
  std::string text;
  const auto knobs = report.study.space.knobs();
  for (const auto& pathway : report.analysis.pathways) {
    text += fmt::format("- **{}**: {} ({})", explore::to_string(pathway.route),
                        plain(report.analysis.configurations[pathway.configuration].name),
                        plain(pathway.reason));
    for (const auto& step : pathway.steps) {
      text += fmt::format("\n  1. {} (to {:.1f} % of the baseline's energy)",
                          plain(fmt::format("{}={}", knobs[step.knob].id,
                                            knobs[step.knob].values[step.level].text())),
                          100 * step.cumulative);
    }
    text += '\n';
  }
  return text;
}

std::string ledger_table(const explore::Ledger& ledger) {
  std::string text = "| trials of | number | energy | time |\n|---|--:|--:|--:|\n";
  for (const auto& entry : ledger.by_purpose) {
    text += fmt::format("| {} | {} | {} | {} |\n", entry.name, entry.trials,
                        units::to_text(entry.spent), units::to_text(entry.time));
  }
  text += fmt::format("| all | | {} | {} |\n", units::to_text(ledger.spent),
                      units::to_text(ledger.time));
  return text;
}

}  // namespace

std::string report_markdown(const StudyReport& report) {
  std::string text = fmt::format("# {}\n\n", plain(report.study.name));
  for (const auto& sentence : report_sentences(report)) text += "- " + plain(sentence) + '\n';
  text += "\n## Configurations\n\n" + configurations_table(report);
  text += "\nChanges are against the baseline. Intervals hold 95 %.\n";
  if (!report.analysis.pathways.empty()) text += "\n## Pathways\n\n" + pathways_list(report);
  text += "\n## Ledger\n\n" + ledger_table(report.analysis.ledger);
  if (!report.analysis.notes.empty()) {
    text += "\n## Notes\n\n";
    for (const auto& note : report.analysis.notes) {
      text += fmt::format("- {}: {}\n", explore::to_string(note.kind), plain(note.text));
    }
  }
  return text;
}

}  // namespace turngreen::report
