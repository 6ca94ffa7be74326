#include "turngreen/explore/final_test.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "turngreen/explore/trial_notes.h"

namespace turngreen::explore {
namespace {

using study::Trial;

/// Of the resamples of the rows, so many have to lie beyond the budget for it to be no chance.
constexpr double kBeyondChance = 0.975;

struct Pair {
  const Trial* recommended = nullptr;
  const Trial* baseline = nullptr;
};

Pair finished_pair(const study::StudyFile& study, const std::vector<Trial>& trials) {
  Pair pair;
  for (const auto& trial : trials) {
    if (trial.assignment.purpose != study::Purpose::test || !trial.outcome) continue;
    const bool baseline = study.space.is_baseline(trial.assignment.configuration);
    (baseline ? pair.baseline : pair.recommended) = &trial;
  }
  return pair;
}

std::optional<double> quality_of(const Trial& trial, const std::string& metric) {
  if (trial.outcome->ending != pipeline::Ending::completed) return std::nullopt;
  const auto value = trial.outcome->metric(metric);
  return value && std::isfinite(*value) ? value : std::nullopt;
}

std::string why_nothing(const Trial& trial, const std::string& metric) {
  if (!trial.outcome->reason.empty()) return trial.outcome->reason;
  return fmt::format("it told no {}", metric);
}

bool beyond_budget(const study::QualityBudget& budget, double quality, double baseline) {
  const double sign = budget.higher_is_better ? 1 : -1;
  // A drop of exactly what is allowed is allowed, however the subtraction rounds.
  const double size = 1e-9 * std::max(std::abs(quality), std::abs(baseline));
  const double drop = sign * (baseline - quality) - size;
  return (budget.max_drop && drop > *budget.max_drop) ||
         (budget.max_drop_relative && drop > *budget.max_drop_relative * std::abs(baseline)) ||
         (budget.min && sign * (*budget.min - quality) > size);
}

TestVerdict verdict_of(const FinalTest& test, const study::QualityBudget& budget) {
  if (!beyond_budget(budget, *test.quality, *test.baseline_quality)) return TestVerdict::within;
  const bool certain =
      test.by_rows && test.by_rows->drop.probability_beyond_budget >= kBeyondChance;
  return certain ? TestVerdict::contradicts : TestVerdict::beyond;
}

std::string verdict_words(const FinalTest& test) {
  switch (test.verdict) {
    case TestVerdict::within:
      return "within the quality budget there too";
    case TestVerdict::beyond:
      return test.by_rows ? "beyond the quality budget there, which these rows are too few to be "
                            "certain of"
                          : "beyond the quality budget there; one run of each does not tell how "
                            "much of that is chance";
    case TestVerdict::contradicts:
      return "this contradicts the validation rows: beyond the quality budget, and not by chance";
    case TestVerdict::failed:
      break;
  }
  return {};
}

std::string sentence_of(const FinalTest& test, const study::QualityBudget& budget,
                        const std::string& judgement) {
  const double drop = *test.drop;
  std::string text = fmt::format("{} {:.4g} on the test rows, ", budget.metric, *test.quality);
  text += drop == 0 ? std::string("as the baseline")
                    : fmt::format("{:.2g} {} than the baseline's {:.4g}", std::abs(drop),
                                  drop > 0 ? "worse" : "better", *test.baseline_quality);
  if (test.by_rows) {
    const auto& rows = test.by_rows->drop.drop;
    text +=
        fmt::format(" ({} rows: {:+.2g} .. {:+.2g})", test.by_rows->rows, -rows.high, -rows.low);
  }
  return text + "; " + judgement;
}

}  // namespace

std::string_view to_string(TestVerdict verdict) {
  switch (verdict) {
    case TestVerdict::within:
      return "within";
    case TestVerdict::beyond:
      return "beyond";
    case TestVerdict::contradicts:
      return "contradicts";
    case TestVerdict::failed:
      return "failed";
  }
  return {};
}

std::optional<FinalTest> final_test(const study::StudyFile& study,
                                    const std::vector<Trial>& trials) {
  const auto& budget = study.quality;
  const auto [recommended, baseline] = finished_pair(study, trials);
  if (!recommended || !baseline) return std::nullopt;
  FinalTest test;
  test.configuration = recommended->assignment.configuration;
  test.quality = quality_of(*recommended, budget.metric);
  test.baseline_quality = quality_of(*baseline, budget.metric);
  if (!test.quality || !test.baseline_quality) {
    const Trial& silent = test.quality ? *baseline : *recommended;
    test.sentence = fmt::format("the run of {} on the test rows failed: {}",
                                test.quality ? "the baseline" : "what is recommended",
                                why_nothing(silent, budget.metric));
    return test;
  }
  test.drop = (budget.higher_is_better ? 1 : -1) * (*test.baseline_quality - *test.quality);
  test.by_rows = compare_by_rows(budget, *baseline->outcome, *recommended->outcome);
  const auto rejected = rejection_note(*recommended);
  test.verdict = rejected ? TestVerdict::contradicts : verdict_of(test, budget);
  test.sentence = sentence_of(test, budget, rejected.value_or(verdict_words(test)));
  return test;
}

std::vector<knobs::Configuration> tested_configurations(const std::vector<Trial>& trials) {
  std::vector<knobs::Configuration> tested;
  for (const auto& trial : trials) {
    if (trial.assignment.purpose == study::Purpose::test) {
      tested.push_back(trial.assignment.configuration);
    }
  }
  return tested;
}

}  // namespace turngreen::explore
