#include "report_sentences.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "configuration_figures.h"
#include "turngreen/units/text.h"

namespace turngreen::report {
namespace {

using explore::ConfigurationSummary;
using explore::Status;

const ConfigurationSummary* recommended(const StudyReport& report) {
  const auto& all = report.analysis.configurations;
  const auto found = std::ranges::find(all, Status::recommended, &ConfigurationSummary::status);
  return found == all.end() ? nullptr : &*found;
}

std::string share(const units::Bounded<double>& value) {
  return fmt::format("{:.1f} % ({:.1f} .. {:.1f})", 100 * value.value, 100 * value.low,
                     100 * value.high);
}

std::string energy_a_run(const explore::ConfigurationSummary& each) {
  return each.energy ? units::to_text(units::joules(each.energy->mean)) : "not known";
}

std::string advice(const StudyReport& report) {
  const auto* found = recommended(report);
  if (found == nullptr) {
    return "Keep the baseline: nothing better is within the quality budget for certain.";
  }
  const auto& baseline = report.analysis.configurations.front();
  return fmt::format("{} saves {} of the baseline's {}; measured: {} against {} a run.",
                     found->name, share(report.analysis.recommendation.saving),
                     study::to_string(report.study.objective), energy_a_run(*found),
                     energy_a_run(baseline));
}

std::string quality(const StudyReport& report) {
  const auto& found = report.analysis.recommendation;
  if (!found.quality || !found.drop) return {};
  const double change = found.drop->value;
  return fmt::format(
      "{} is {:.5g} ({:.5g} .. {:.5g}), {:.2g} {} than the baseline's; within the budget with "
      "{:.0f} %.",
      report.study.quality.metric, found.quality->value, found.quality->low, found.quality->high,
      std::abs(change), change > 0 ? "worse" : "better",
      std::floor(100 * found.probability_within_budget));
}

std::string time(const ConfigurationSummary& each) {
  if (!each.change.seconds) return {};
  const double change = each.change.seconds->value;
  return fmt::format("It takes {:.1f} % {} time.", 100 * std::abs(change),
                     change < 0 ? "less" : "more");
}

std::string ledger(const StudyReport& report) {
  const auto& ledger = report.analysis.ledger;
  std::string text = fmt::format("The study spent {}", units::to_text(ledger.spent));
  if (ledger.baseline_runs) text += fmt::format(", {:.2f} baseline runs", *ledger.baseline_runs);
  if (ledger.paid_back_after) {
    text += fmt::format("; paid back after {:.0f} runs", std::ceil(*ledger.paid_back_after));
  }
  return text + ".";
}

std::string names_with(const StudyReport& report, Status status) {
  std::string names;
  for (const auto& each : report.analysis.configurations) {
    if (each.status == status) names += (names.empty() ? "" : ", ") + each.name;
  }
  return names;
}

}  // namespace

std::string recommended_name(const StudyReport& report) {
  const auto* found = recommended(report);
  if (found != nullptr) return found->name;
  return report.analysis.configurations.empty() ? "baseline"
                                                : report.analysis.configurations.front().name;
}

std::vector<std::string> report_sentences(const StudyReport& report) {
  std::vector<std::string> sentences{advice(report)};
  const auto add = [&](std::string text) {
    if (!text.empty()) sentences.push_back(std::move(text));
  };
  if (const auto* found = recommended(report)) {
    add(quality(report));
    add(time(*found));
  }
  if (const auto& test = report.analysis.test) {
    add(fmt::format("Test rows, {}: {}.", report.study.space.describe(test->configuration),
                    test->sentence));
  }
  add(ledger(report));
  const auto degenerate = names_with(report, Status::degenerate);
  if (!degenerate.empty()) {
    add(fmt::format("Degenerate, whatever they save: {}.", degenerate));
  }
  const auto aside = names_with(report, Status::set_aside);
  if (!aside.empty()) add(fmt::format("Set aside: {}.", aside));
  const auto& made = report.analysis.ledger;
  if (made.estimated > units::Energy()) {
    add(fmt::format("{:.0f} % of all energy was estimated, not measured.",
                    100 * (made.estimated / made.spent)));
  }
  return sentences;
}

}  // namespace turngreen::report
