#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "decision.h"
#include "decision_policy.h"

namespace turngreen::explore {

using knobs::Configuration;
using study::Assignment;
using study::Purpose;

std::optional<Step> Outlook::Decision::finish() const {
  if (auto step = next_finalist()) return step;
  const auto incumbent = standing_.incumbent(kLikelyWithin);
  if (incumbent.baseline) return std::nullopt;
  const Configuration baseline = study_.space.baseline();
  const Record* base = baseline_record();
  if (count_at(base, 0) == 0) {
    if (base->running > 0) return std::nullopt;
    if (!affordable(1, {})) return std::nullopt;
    return Step{assignment(Purpose::baseline, baseline, 0),
                "the saving is against the baseline's full run"};
  }
  const Record* best = standing_.find(incumbent.configuration);
  if (best->full() + best->running < study_.verification_runs && affordable(incumbent.level, {})) {
    return Step{assignment(Purpose::verify, incumbent.configuration, 0),
                "the best configuration is run again with another seed"};
  }
  if (best->prospect.within < kVerifiedWithin) {
    if (auto step = make_certain(incumbent.configuration)) return step;
  }
  const double noise = standing_.models().energy().noise();
  const double width = 2 * kNormal95 * noise / std::sqrt(static_cast<double>(base->full()));
  const double enough = std::max(kNarrowBaseline, kNarrowAgainstSaving * (1 - incumbent.level));
  if (width > enough && base->full() + base->running < kMostRepeats && affordable(1, {})) {
    return Step{assignment(Purpose::baseline, baseline, 0),
                fmt::format("the baseline's interval is {:.0f} % wide", 100 * width)};
  }
  return std::nullopt;
}

std::optional<Step> Outlook::Decision::make_certain(const Configuration& configuration) const {
  const Configuration baseline = study_.space.baseline();
  const auto& models = standing_.models();
  const auto doubt = models.quality().doubt(configuration, baseline, 0, kVerifiedWithin);
  const Record* record = standing_.find(configuration);
  const Record* base = baseline_record();
  const double cost = record->prospect.cost;
  const double own = record->full() < kMostRepeats ? doubt.own_run / cost : 0;
  const double other = base->full() < kMostRepeats ? doubt.baseline_run : 0;
  if (doubt.hopeless || std::max(own, other) <= 0 || record->running + base->running > 0) {
    return std::nullopt;
  }
  const auto reason = fmt::format(
      "the best configuration keeps the quality budget with {:.0f} %; {:.0f} % is asked",
      100 * record->prospect.within, 100 * kVerifiedWithin);
  if (own >= other) {
    if (!affordable(cost, {})) return std::nullopt;
    return Step{assignment(Purpose::verify, configuration, 0), reason};
  }
  if (!affordable(1, {})) return std::nullopt;
  return Step{assignment(Purpose::baseline, baseline, 0), reason};
}

std::optional<Step> Outlook::Decision::finalist_due() const {
  if (!partial_runs_pay()) return std::nullopt;
  const double baseline = standing_.models().energy().baseline().median();
  double explored = 0;
  for (const auto& run : standing_.runs()) {
    const auto& energy = run.trial->outcome->energy;
    if (energy) explored += energy->value.in_joules() / baseline;
    if (run.fidelity == 0) explored = 0;
  }
  if (explored < standing_.provisional_level()) return std::nullopt;
  return next_finalist();
}

std::optional<Step> Outlook::Decision::next_finalist() const {
  if (!partial_runs_pay()) return std::nullopt;
  const double level = standing_.incumbent(kLikelyWithin).level;
  const Configuration* best = nullptr;
  double most = 0;
  constexpr double kWorthARun = 0.5;
  for (const auto& [configuration, record] : standing_.records()) {
    const auto& prospect = record.prospect;
    if (!record.seen() || record.rejected || record.running > 0 || record.failed > 0) continue;
    if (study_.space.is_baseline(configuration)) continue;
    if (record.full() > 0 && prospect.within >= kLikelyWithin) continue;
    if (record.full() >= kMostRepeats || prospect.within < kWorthARun) continue;
    if (prospect.objective.mean() > level * (1 - kFinalistGain)) continue;
    const double gain = prospect.within * prospect.succeeds *
                            prospect.objective.expected_shortfall_below(level) *
                            study_.future_runs -
                        prospect.cost;
    if (gain > most) {
      most = gain;
      best = &configuration;
    }
  }
  if (!best) return std::nullopt;
  const Record* record = standing_.find(*best);
  const Record* base = baseline_record();
  // A finalist that was run and is still in doubt: the baseline's own full run may settle it.
  if (record->full() > 0 && count_at(base, 0) == 0) {
    if (base->running > 0 || !affordable(1, {})) return std::nullopt;
    return Step{assignment(Purpose::baseline, study_.space.baseline(), 0),
                "whether the finalist keeps the quality budget depends on the baseline's full run"};
  }
  if (!affordable(record->prospect.cost, {})) return std::nullopt;
  return Step{assignment(Purpose::verify, *best, 0),
              fmt::format("a finalist: expected to need {:.0f} % of the baseline",
                          100 * record->prospect.objective.mean())};
}

std::optional<Step> Outlook::Decision::test() const {
  if (!has_test_rows_) return std::nullopt;
  const auto found = standing_.incumbent(kSurelyWithin);
  // Nothing was chosen, so there is nothing that a look at the test rows could confirm.
  if (found.baseline) return std::nullopt;
  // What runs now may still change the recommendation.
  const bool all_ended = std::ranges::all_of(
      standing_.records(), [](const auto& each) { return each.second.running == 0; });
  if (!all_ended) return std::nullopt;
  const std::array pair{found.configuration, study_.space.baseline()};
  const auto of_the_pair = [&](const Configuration& configuration) {
    return std::ranges::find(pair, configuration) != pair.end();
  };
  if (!std::ranges::all_of(tested_, of_the_pair)) return std::nullopt;
  for (const Configuration& configuration : pair) {
    if (std::ranges::find(tested_, configuration) != tested_.end()) continue;
    // Both with the first seed, so that they are paired.
    return Step{Assignment{Purpose::test, configuration, 1, seed_ * kSeedsApart},
                "what is recommended and the baseline are run once on the test rows"};
  }
  return std::nullopt;
}

}  // namespace turngreen::explore
