#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "turngreen/report/tuning_result.h"
#include "turngreen/units/text.h"

namespace turngreen::report {
namespace {

std::string row(std::string_view name, std::string_view text) {
  return fmt::format("  {:<13} {}\n", name, text);
}

std::string percent(const units::Bounded<double>& share) {
  return fmt::format("{:.1f} % ({:.1f} .. {:.1f})", 100 * share.value, 100 * share.low,
                     100 * share.high);
}

std::string count_of(std::size_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

std::string spent_text(const TuningResult& result) {
  const auto spent = study::spent(result.trials);
  const auto& baseline = result.recommendation.baseline_energy;
  if (!baseline || baseline->value <= units::joules(0)) return units::to_text(spent);
  return fmt::format("{} ({:.2f} baseline runs)", units::to_text(spent), spent / baseline->value);
}

std::string quality_text(const TuningResult& result) {
  const auto& found = result.recommendation;
  if (!found.quality || !found.drop) return "not known";
  std::string text = fmt::format("{:.4g} ({:.4g} .. {:.4g})", found.quality->value,
                                 found.quality->low, found.quality->high);
  const double change = found.drop->value;
  text += fmt::format(", {:.2g} {} than the baseline", std::abs(change),
                      change > 0 ? "worse" : "better");
  text += fmt::format("; within the budget with {:.0f} %",
                      std::floor(100 * found.probability_within_budget));
  return text;
}

std::string evidence_text(const TuningResult& result) {
  std::set<std::string> sources;
  double estimated = 0;
  double all = 0;
  for (const auto& trial : result.trials) {
    if (!trial.outcome->energy) continue;
    sources.insert(trial.outcome->energy_basis);
    estimated += trial.outcome->estimated.in_joules();
    all += trial.outcome->energy->value.in_joules();
  }
  std::string text =
      fmt::format("{} of it, {} of the baseline; energy: {}",
                  count_of(result.recommendation.full_runs, "full run"),
                  result.recommendation.baseline_full_runs, fmt::join(sources, ", "));
  if (estimated > 0)
    text += fmt::format(" ({:.0f} % estimated, not measured)", 100 * estimated / all);
  return text;
}

std::string rows_text(const explore::PairedVerification& verified) {
  const auto& drop = verified.drop.drop;
  return fmt::format(
      "on the same {} rows {:+.2g} ({:+.2g} .. {:+.2g}) against the baseline (paired bootstrap)",
      verified.rows, -drop.value, -drop.high, -drop.low);
}

/// The test rows are looked at once: a study that went on may recommend something else by now.
std::string test_text(const TuningResult& result) {
  const auto& test = *result.test;
  if (test.configuration == result.recommendation.configuration) return test.sentence;
  return fmt::format("none of this configuration; the rows were used up on {}: {}",
                     result.study.space.describe(test.configuration), test.sentence);
}

std::string payback_text(const TuningResult& result) {
  const auto& found = result.recommendation;
  const double saved = found.saving.value;
  if (!found.baseline_energy || saved <= 0) return {};
  const double runs = study::spent(result.trials) / (found.baseline_energy->value * saved);
  return fmt::format("after {:.0f} runs", std::ceil(runs));
}

std::string rejected_text(const TuningResult& result) {
  const auto& first = result.rejections.front();
  std::string text =
      fmt::format("{}: {}", result.study.space.describe(first.configuration), first.reason);
  if (result.rejections.size() > 1) {
    text += fmt::format("; and {} more", result.rejections.size() - 1);
  }
  return text;
}

}  // namespace

std::string tuning_summary(const TuningResult& result) {
  const auto& found = result.recommendation;
  units::Duration time;
  std::size_t failed = 0;
  for (const auto& trial : result.trials) {
    time += trial.outcome->time;
    if (trial.outcome->ending != pipeline::Ending::completed) ++failed;
  }
  std::string text = fmt::format("study {}: {}{}, {}, {} spent\n", result.study.name,
                                 count_of(result.trials.size(), "trial"),
                                 failed > 0 ? fmt::format(" ({} failed)", failed) : "",
                                 units::to_text(time), spent_text(result));
  if (!found.better_than_baseline) {
    text +=
        row("recommended", "the baseline: nothing better is within the quality budget for certain");
  } else {
    text += row("recommended", result.study.space.describe(found.configuration));
    text += row("saves", percent(found.saving) +
                             (found.baseline_energy
                                  ? " of the baseline's " + units::to_text(*found.baseline_energy)
                                  : ""));
    text += row(result.study.quality.metric, quality_text(result));
    if (result.by_rows) text += row("by rows", rows_text(*result.by_rows));
    if (result.test) text += row("test", test_text(result));
    text += row("evidence", evidence_text(result));
    const auto payback = payback_text(result);
    if (!payback.empty()) text += row("paid back", payback);
  }
  if (!result.rejections.empty()) text += row("rejected", rejected_text(result));
  for (const auto& warning : result.warnings) text += row("note", warning);
  text += row("ended", result.end_reason);
  return text;
}

}  // namespace turngreen::report
