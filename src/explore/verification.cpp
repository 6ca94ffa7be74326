#include "turngreen/explore/verification.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <utility>

namespace turngreen::explore {
namespace {

using knobs::Configuration;
using study::Trial;

/// Full runs that left predictions, by seed.
std::map<std::uint64_t, const Trial*> full_runs(const std::vector<Trial>& trials,
                                                const Configuration& configuration) {
  std::map<std::uint64_t, const Trial*> found;
  for (const auto& trial : trials) {
    const bool usable = trial.outcome && trial.outcome->predictions &&
                        trial.outcome->ending == pipeline::Ending::completed &&
                        trial.assignment.purpose != study::Purpose::test &&
                        trial.assignment.fidelity >= 1;
    if (usable && trial.assignment.configuration == configuration) {
      found[trial.assignment.seed] = &trial;
    }
  }
  return found;
}

using Pair = std::pair<const Trial*, const Trial*>;  // baseline, candidate

/// Runs of the same seed; where there are none, the first of each.
std::vector<Pair> pairs_of(const std::map<std::uint64_t, const Trial*>& baseline,
                           const std::map<std::uint64_t, const Trial*>& candidate) {
  std::vector<Pair> pairs;
  for (const auto& [seed, trial] : candidate) {
    if (const auto same = baseline.find(seed); same != baseline.end()) {
      pairs.emplace_back(same->second, trial);
    }
  }
  if (pairs.empty() && !baseline.empty() && !candidate.empty()) {
    pairs.emplace_back(baseline.begin()->second, candidate.begin()->second);
  }
  return pairs;
}

/// The allowed drop in the score's unit.
double budget_of(const study::QualityBudget& quality, double baseline) {
  if (quality.max_drop) return *quality.max_drop;
  if (quality.max_drop_relative) return *quality.max_drop_relative * std::abs(baseline);
  return std::max(0.0, baseline - quality.min.value_or(baseline));
}

}  // namespace

std::optional<PairedVerification> compare_by_rows(const study::QualityBudget& quality,
                                                  const pipeline::Outcome& baseline,
                                                  const pipeline::Outcome& candidate) {
  const auto score = parse_score(quality.metric);
  if (!score || !baseline.predictions || !candidate.predictions) return std::nullopt;
  const PredictionColumns columns{quality.truth_column, quality.prediction_column,
                                  PredictionColumns().id};
  const auto before = load_predictions(*baseline.predictions, columns);
  const auto after = load_predictions(*candidate.predictions, columns);
  if (!before || !after) return std::nullopt;
  const auto answers = pair_answers(*before, *after);
  if (!answers) return std::nullopt;
  const double reference = paired_bootstrap(*score, *answers, {.resamples = 1}).baseline;
  return PairedVerification{
      paired_bootstrap(*score, *answers, {.budget = budget_of(quality, reference)}), answers->rows};
}

std::optional<PairedVerification> verify_by_rows(const study::StudyFile& study,
                                                 const std::vector<Trial>& trials,
                                                 const Configuration& configuration) {
  return verify_by_rows(study, trials, study.space.baseline(), configuration);
}

std::optional<PairedVerification> verify_by_rows(const study::StudyFile& study,
                                                 const std::vector<Trial>& trials,
                                                 const Configuration& first,
                                                 const Configuration& second) {
  for (const auto& [baseline, candidate] :
       pairs_of(full_runs(trials, first), full_runs(trials, second))) {
    if (auto found = compare_by_rows(study.quality, *baseline->outcome, *candidate->outcome)) {
      return found;
    }
  }
  return std::nullopt;
}

}  // namespace turngreen::explore
