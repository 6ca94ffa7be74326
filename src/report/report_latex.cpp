#include <fmt/format.h>

#include <algorithm>

#include "configuration_figures.h"
#include "turngreen/report/study_report.h"

namespace turngreen::report {
namespace {

/// Text as LaTeX prints it.
std::string plain(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
      case '\\':
        escaped += "\\textbackslash{}";
        break;
      case '~':
        escaped += "\\textasciitilde{}";
        break;
      case '^':
        escaped += "\\textasciicircum{}";
        break;
      case '&':
      case '%':
      case '$':
      case '#':
      case '_':
      case '{':
      case '}':
        escaped += '\\';
        escaped += c;
        break;
      case '<':
        escaped += "\\textless{}";
        break;
      case '>':
        escaped += "\\textgreater{}";
        break;
      default:
        escaped += static_cast<unsigned char>(c) < ' ' ? ' ' : c;
    }
  }
  return escaped;
}

std::string joules(const std::optional<explore::RepeatMean>& mean) {
  return mean ? fmt::format("{:.4g}", mean->mean) : "--";
}

std::string change(const std::optional<explore::RelativeChange>& value) {
  return value ? fmt::format("${:+.1f}$", 100 * value->value) : "--";
}

std::string row(const explore::ConfigurationSummary& each, const std::vector<std::string>& stages) {
  std::string text = plain(each.name);
  for (const auto& name : stages) {
    const auto stage = std::ranges::find(each.stages, name, &explore::StageSummary::name);
    text += " & " + (stage == each.stages.end() ? "--" : joules(stage->energy));
  }
  text += fmt::format(" & {} & {} & {} & {} & {}", joules(each.energy), change(each.change.energy),
                      joules(each.seconds), change(each.change.seconds),
                      each.quality ? fmt::format("{:.4f}", each.quality->mean) : "--");
  if (each.status == explore::Status::degenerate) text += "\\textsuperscript{d}";
  if (each.status == explore::Status::set_aside) text += "\\textsuperscript{a}";
  if (each.status == explore::Status::recommended) text += "\\textsuperscript{r}";
  return text + " \\\\\n";
}

}  // namespace

std::string report_latex(const StudyReport& report) {
  const auto stages = stage_names(report);
  std::string text = "% \\usepackage{booktabs}\n\\begin{table}\n\\centering\n";
  text += fmt::format(
      "\\caption{{{}: energy in J by stage, time in s, changes in \\% of the baseline. "
      "\\textsuperscript{{r}}~recommended, \\textsuperscript{{d}}~degenerate (no better than a "
      "constant predictor), \\textsuperscript{{a}}~set aside.}}\n",
      plain(report.study.name));
  text += fmt::format("\\begin{{tabular}}{{l{}}}\n\\toprule\nconfiguration",
                      std::string(stages.size() + 5, 'r'));
  for (const auto& stage : stages) text += " & " + plain(stage);
  text += fmt::format(" & total & $\\Delta$ & s & $\\Delta$ & {} \\\\\n\\midrule\n",
                      plain(report.study.quality.metric));
  for (const auto& each : report.analysis.configurations) text += row(each, stages);
  return text + "\\bottomrule\n\\end{tabular}\n\\end{table}\n";
}

}  // namespace turngreen::report
