#include "import_summary.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "recorded_study.h"
#include "turngreen/units/text.h"

namespace turngreen::report {
namespace {

using units::in_quotes;

/// "a, b, c and 4 more".
template <typename Texts>
std::string listed(const Texts& texts, std::size_t most) {
  std::string text;
  std::size_t shown = 0;
  for (const auto& each : texts) {
    if (shown == most) break;
    text += (shown++ > 0 ? ", " : "") + std::string(each);
  }
  if (texts.size() > most) text += fmt::format(" and {} more", texts.size() - most);
  return text;
}

std::string counted(std::size_t count, std::string_view what) {
  return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

struct Totals {
  std::size_t runs = 0, set_aside = 0;
  units::Energy energy, ram;
  units::Duration time;
  std::set<std::string> versions, stages_seen;
  std::vector<std::string> stages;
};

Totals totals_of(const CodeCarbonFolders& folders) {
  Totals totals;
  const auto add = [&](const CodeCarbonRow& row) {
    totals.ram += row.ram.value_or(units::Energy());
    totals.versions.insert(row.version.empty() ? "of unknown version" : row.version);
  };
  for (const auto& run : folders.runs) {
    ++totals.runs;
    totals.energy += run.energy();
    totals.time = totals.time + run.duration();
    if (run.tasks.empty()) add(*run.whole);
    for (const auto& task : run.tasks) {
      add(task);
      if (totals.stages_seen.insert(task.task).second) totals.stages.push_back(task.task);
    }
  }
  return totals;
}

std::string runs_text(const Totals& totals, const RunGroups& groups) {
  std::size_t set_aside = 0;
  for (const auto& group : groups.groups) {
    set_aside += static_cast<std::size_t>(std::ranges::count_if(
        group.runs, [](const GroupedRun& run) { return !run.set_aside.empty(); }));
  }
  std::string text = fmt::format("{} of {}, by {}; {} in {}", counted(totals.runs, "run"),
                                 counted(groups.groups.size(), "configuration"), groups.by,
                                 units::to_text(totals.energy), units::to_text(totals.time));
  if (set_aside > 0) text += fmt::format("; {} set aside", set_aside);
  return text;
}

std::string quality_text(const ImportFindings& findings) {
  if (!findings.quality) {
    return "none: no metric that the runs have is a score; energy and time alone are compared "
           "(--metric NAME names one)";
  }
  const QualityMetric& quality = *findings.quality;
  std::string text = fmt::format("{} ({}); {} is better; may {} by ", quality.name, quality.why,
                                 quality.higher_is_better ? "higher" : "lower",
                                 quality.higher_is_better ? "drop" : "rise");
  text += findings.max_drop ? fmt::format("{}", *findings.max_drop)
                            : fmt::format("{} % of the baseline's (assumed; --max-drop X says it)",
                                          100 * kAssumedDrop);
  if (quality.lacking > 0) text += fmt::format("; {} without it", counted(quality.lacking, "run"));
  return text;
}

std::size_t bundles_in(const NamedKnobs& names) {
  return static_cast<std::size_t>(std::ranges::count_if(
      names.settings, [](const auto& settings) { return settings.size() > 1; }));
}

}  // namespace

std::vector<std::pair<std::string, std::string>> understood(const ImportFindings& findings) {
  const auto& [folders, groups, baseline, names, quality, max_drop, knobs_stated] = findings;
  constexpr std::size_t kShown = 8;
  const Totals totals = totals_of(folders);
  std::vector<std::string> knobs;
  for (const auto& knob : names.knobs) knobs.push_back(knob.id);
  std::vector<std::pair<std::string, std::string>> lines;
  lines.emplace_back("read", fmt::format("{} of CodeCarbon {}, {} of metrics; {} left alone",
                                         counted(folders.codecarbon_files, "file"),
                                         listed(totals.versions, kShown), folders.metric_files,
                                         folders.other_files));
  lines.emplace_back("runs", runs_text(totals, groups));
  lines.emplace_back("stages", totals.stages.empty() ? "none: no task files, so each run is one"
                                                     : listed(totals.stages, kShown));
  lines.emplace_back("baseline",
                     fmt::format("{} ({}), {}", groups.groups[baseline.index].name, baseline.why,
                                 counted(groups.groups[baseline.index].runs.size(), "run")));
  lines.emplace_back("quality", quality_text(findings));
  lines.emplace_back("knobs",
                     fmt::format("{} {}: {}", knobs.size(),
                                 knobs_stated ? "from the file and the names" : "from the names",
                                 listed(knobs, kShown)));
  if (const std::size_t bundles = bundles_in(names); bundles > 0) {
    std::string text = fmt::format("{} of two knobs or more", bundles);
    if (!names.read_as.empty()) text += fmt::format("; read {}", listed(names.read_as, kShown));
    lines.emplace_back("bundles", std::move(text));
  }
  return lines;
}

std::string assumed_budget_note(const QualityMetric& quality) {
  return fmt::format(
      "nobody said how much {} may be given up, so {} % of the baseline's is assumed: what is "
      "recommended depends on it; import with --max-drop to say it",
      quality.name, 100 * kAssumedDrop);
}

std::string energy_note(const CodeCarbonFolders& folders) {
  const Totals totals = totals_of(folders);
  const double share = totals.energy > units::Energy() ? totals.ram / totals.energy : 0;
  return fmt::format(
      "CodeCarbon tells no uncertainty of its joules, so intervals come from repeats "
      "alone; {:.1f} % of them are its model of the memory, and it does not tell "
      "whether the processor's were measured",
      100 * share);
}

}  // namespace turngreen::report
