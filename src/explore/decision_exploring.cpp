#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "decision.h"
#include "decision_policy.h"

namespace turngreen::explore {

using knobs::Configuration;
using study::Assignment;
using study::Purpose;

bool Outlook::Decision::open(const Configuration& configuration, std::size_t fidelity) const {
  if (study_.space.is_baseline(configuration)) return false;
  const Record* record = standing_.find(configuration);
  if (!record) return true;
  if (record->running > 0 || record->rejected || record->failed > 0) return false;
  return count_at(record, fidelity) == 0 && (fidelity == 0 || count_at(record, 0) == 0);
}

std::optional<Outlook::Decision::Option> Outlook::Decision::best_new_run(std::size_t fidelity,
                                                                         double certainty,
                                                                         double level) const {
  const Models& models = standing_.models();
  const double price = models.energy().fidelity_cost(fidelity);
  const auto options = [&](std::span<const Configuration> configurations) {
    const auto prospects = models.prospects(configurations, fidelity, certainty);
    std::vector<Option> made;
    made.reserve(prospects.size());
    for (std::size_t i = 0; i < prospects.size(); ++i) {
      const auto& prospect = prospects[i];
      const double cost = prospect.cost * price;
      const double gain = open(configurations[i], fidelity)
                              ? prospect.clearly_within * prospect.succeeds *
                                    prospect.objective.expected_shortfall_below(level)
                              : 0.0;
      made.push_back({{}, prospect, gain, cost, cost});
    }
    return made;
  };
  const auto worth = [&](std::span<const Configuration> configurations) {
    std::vector<double> values;
    for (const Option& option : options(configurations)) values.push_back(option.worth());
    return values;
  };
  std::vector<Configuration> starts;
  for (const auto& [configuration, record] : standing_.records()) {
    starts.push_back(configuration);
  }
  const auto candidates = candidates_.worth_a_look(worth, starts, seed_ + standing_.trials());
  if (candidates.empty()) return std::nullopt;
  const auto found = options(candidates);
  const auto best = std::ranges::max_element(found, {}, &Option::worth);
  if (best->gain <= 0) return std::nullopt;
  Option chosen = *best;
  const auto& configuration = candidates[static_cast<std::size_t>(best - found.begin())];
  chosen.assignment = assignment(Purpose::explore, configuration, fidelity);
  return chosen;
}

std::optional<Outlook::Decision::Option> Outlook::Decision::best_repeat(std::size_t fidelity,
                                                                        double certainty,
                                                                        double level) const {
  const Models& models = standing_.models();
  const double price = models.energy().fidelity_cost(fidelity);
  const Configuration baseline = study_.space.baseline();
  const Record* base = baseline_record();
  const bool baseline_free = base->running == 0 && count_at(base, fidelity) < kMostRepeats;
  std::optional<Option> best;
  for (const auto& [configuration, record] : standing_.records()) {
    const auto& prospect = record.prospect;
    const std::size_t done = count_at(&record, fidelity);
    if (done == 0 || record.rejected || record.failed > 0 || record.running > 0) continue;
    if (study_.space.is_baseline(configuration) || prospect.within >= certainty) continue;
    const auto doubt = models.quality().doubt(configuration, baseline, fidelity, certainty);
    if (doubt.hopeless || doubt.excess <= 0) continue;
    const double own = done < kMostRepeats ? doubt.own_run / (prospect.cost * price) : 0;
    const double other = baseline_free ? doubt.baseline_run / price : 0;
    const double rate = std::max(own, other);
    if (rate <= 0) continue;
    const bool by_baseline = other > own;
    const double now = by_baseline ? price : prospect.cost * price;
    Option option{by_baseline ? assignment(Purpose::baseline, baseline, fidelity)
                              : assignment(Purpose::explore, configuration, fidelity),
                  prospect, prospect.within * prospect.objective.expected_shortfall_below(level),
                  std::max(now, doubt.excess / rate), now};
    if (!best || option.worth() > best->worth()) best = std::move(option);
  }
  return best;
}

std::optional<Step> Outlook::Decision::baseline_due(std::size_t fidelity) const {
  const Record* base = baseline_record();
  const auto done = static_cast<double>(count_at(base, fidelity));
  if (fidelity == 0 || base->running > 0) return std::nullopt;
  double others = 0;
  for (const auto& [configuration, record] : standing_.records()) {
    if (study_.space.is_baseline(configuration)) continue;
    others += static_cast<double>(count_at(&record, fidelity)) * record.prospect.cost;
  }
  const double price = standing_.models().energy().fidelity_cost(fidelity);
  if (done * done >= others || !affordable(price, reserve())) return std::nullopt;
  return Step{assignment(Purpose::baseline, study_.space.baseline(), fidelity),
              "everything is compared with the baseline, so it is run more often"};
}

std::optional<Step> Outlook::Decision::explore() const {
  const std::size_t fidelity = partial_runs_pay() ? 1 : 0;
  if (auto step = baseline_due(fidelity)) return step;
  const double certainty = fidelity == 0 ? kLikelyWithin : kFinalistCertainty;
  const double level =
      fidelity == 0 ? standing_.incumbent(kLikelyWithin).level : standing_.provisional_level();
  auto best = best_new_run(fidelity, certainty, level);
  const auto again = best_repeat(fidelity, certainty, level);
  if (again && (!best || again->worth() > best->worth())) best = again;
  if (!best) {
    end_reason_ = "no configuration is left that could be better";
    return std::nullopt;
  }
  if (best->gain * study_.future_runs < best->cost) {
    const double saved = best->gain * study_.future_runs;
    constexpr double kNothing = 0.005;
    end_reason_ = fmt::format(
        "no trial is expected to pay for itself: over the next {:g} runs the best would save {} "
        "baseline runs, and cost {:.2g}",
        study_.future_runs, saved < kNothing ? "next to no" : fmt::format("{:.2g}", saved),
        best->cost);
    return std::nullopt;
  }
  if (!affordable(best->now, reserve())) {
    end_reason_ = "the budget is spent";
    return std::nullopt;
  }
  if (best->assignment.purpose == Purpose::baseline) {
    return Step{best->assignment,
                "another run of the baseline may settle what keeps the quality budget"};
  }
  return Step{best->assignment,
              fmt::format("expected to need {:.0f} % of the baseline and to keep the quality "
                          "budget with {:.0f} %",
                          100 * best->prospect.objective.mean(), 100 * best->prospect.within)};
}

}  // namespace turngreen::explore
