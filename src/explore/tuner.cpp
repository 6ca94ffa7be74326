#include "turngreen/explore/tuner.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "candidates.h"
#include "standing.h"

namespace turngreen::explore {

using knobs::Configuration;
using study::Assignment;
using study::Purpose;
using study::Trial;

namespace {

/// A configuration that is within the quality budget with this probability is worth a full run.
constexpr double kFinalistCertainty = 0.75;
/// A finalist has to promise at least this much less than the incumbent to be worth a full run.
constexpr double kFinalistGain = 0.03;
/// Full runs of one configuration while it is not certain whether it keeps the quality budget.
constexpr std::size_t kMostRepeats = 4;
/// A partial run that costs more than this share of the full one tells too little for its price.
constexpr double kDearFidelity = 0.5;
/// The baseline is run again until its 95 % interval is this narrow ...
constexpr double kNarrowBaseline = 0.05;
/// ... or this share of the saving.
constexpr double kNarrowAgainstSaving = 0.25;
/// A run is hopeless when it has cost this much more than the incumbent's whole run.
constexpr double kHopelessMargin = 1.25;

/// Studies draw from ranges of seeds of their own; divisible by 1 to 16, so that pipelines that go
/// through their repeats by seed begin at a first one.
constexpr std::uint64_t kSeedsApart = 720'720;

std::size_t count_at(const Record* record, std::size_t fidelity) {
  return record && fidelity < record->completed.size() ? record->completed[fidelity] : 0;
}

}  // namespace

struct Tuner::Plan {
  const study::StudyFile& study;
  std::vector<double> fidelities;
  std::uint64_t seed;
  Candidates candidates;
};

class Outlook::Decision {
 public:
  Decision(const study::StudyFile& study, std::span<const double> fidelities, std::uint64_t seed,
           const Candidates& candidates, const std::vector<Trial>& trials)
      : study_(study),
        fidelities_(fidelities),
        seed_(seed),
        candidates_(candidates),
        standing_(study, fidelities, trials) {}

  Step next() const {
    if (auto step = begin()) return *std::move(step);
    if (auto step = explore()) return *std::move(step);
    if (auto step = finish()) return *std::move(step);
    return {std::nullopt, end_reason_};
  }

  Recommendation recommendation(double certainty) const;
  std::vector<Rejection> rejections() const;
  std::optional<units::Energy> hopeless_beyond(const Assignment& assignment) const;

 private:
  Assignment assignment(Purpose purpose, const Configuration& configuration,
                        std::size_t fidelity) const {
    const Record* record = standing_.find(configuration);
    // The n-th attempt of every configuration is given the same seed: differences are paired.
    const std::size_t attempt = record ? record->attempts : 0;
    return {purpose, configuration, fidelity == 0 ? 1.0 : fidelities_[fidelity - 1],
            seed_ * kSeedsApart + attempt};
  }

  bool partial_runs_pay() const {
    return fidelities_.size() > 1 && standing_.models().energy().fidelity_cost(1) < kDearFidelity;
  }

  const Record* baseline_record() const { return standing_.find(study_.space.baseline()); }

  /// The baseline comes first: at the lowest fidelity where there is one.
  std::optional<Step> begin() const {
    const Configuration baseline = study_.space.baseline();
    const Record* record = baseline_record();
    const std::size_t fidelity = fidelities_.size() > 1 ? 1 : 0;
    if (record && record->rejected) {
      return Step{std::nullopt, "the baseline itself cannot be built on: " + baseline_rejection()};
    }
    if (record && record->seen()) return std::nullopt;
    if (record && record->running > 0) {
      return Step{std::nullopt, "waiting for the baseline, which another worker is running"};
    }
    if (record && record->failed > 1) {
      return Step{std::nullopt, "the baseline failed twice: " + baseline_failure()};
    }
    return Step{assignment(Purpose::baseline, baseline, fidelity),
                "the baseline is what everything is compared with"};
  }

  std::string baseline_rejection() const {
    for (const auto& run : standing_.runs()) {
      const bool baseline = study_.space.is_baseline(run.trial->assignment.configuration);
      if (baseline && !run.rejected.empty()) return run.rejected;
    }
    return {};
  }

  std::string baseline_failure() const {
    for (const auto& run : standing_.runs()) {
      if (study_.space.is_baseline(run.trial->assignment.configuration) && !run.completed) {
        return run.trial->outcome->reason;
      }
    }
    return {};
  }

  /// Energy that may still be spent, in baseline runs; absent: no limit.
  std::optional<double> energy_left() const {
    std::optional<double> left;
    const double baseline = standing_.models().energy().baseline().median();
    const double spent = standing_.spent().in_joules() / baseline;
    if (study_.budget.energy) left = study_.budget.energy->in_joules() / baseline - spent;
    if (study_.budget.baselines) {
      left = std::min(left.value_or(INFINITY), *study_.budget.baselines - spent);
    }
    return left;
  }

  bool time_is_up() const { return study_.budget.time && standing_.time() >= *study_.budget.time; }

  /// What is kept back for the end: the baseline's full run, finalists and their repeats.
  struct Reserve {
    std::size_t trials = 0;
    double cost = 0;
  };
  Reserve reserve() const {
    Reserve kept;
    kept.trials = study_.verification_runs + 1;
    const double finalist = std::min(1.0, standing_.provisional_level());
    kept.cost = finalist * static_cast<double>(kept.trials);
    if (partial_runs_pay()) {
      if (count_at(baseline_record(), 0) == 0) {
        kept.trials += 1;
        kept.cost += 1;
      }
      kept.trials += 2;
      kept.cost += 2 * finalist;
    }
    return kept;
  }

  bool affordable(double cost, const Reserve& kept) const {
    if (time_is_up()) return false;
    if (study_.budget.trials && standing_.trials() + 1 + kept.trials > *study_.budget.trials) {
      return false;
    }
    const auto left = energy_left();
    return !left || cost + kept.cost <= *left;
  }

  /// Whether it has not been run yet, and may be.
  bool open(const Configuration& configuration, std::size_t fidelity) const {
    if (study_.space.is_baseline(configuration)) return false;
    const Record* record = standing_.find(configuration);
    if (!record) return true;
    if (record->running > 0 || record->rejected || record->failed > 0) return false;
    return count_at(record, fidelity) == 0 && (fidelity == 0 || count_at(record, 0) == 0);
  }

  /// A run that might be made, and what it is worth.
  struct Option {
    Assignment assignment;
    Prospect prospect;
    double gain = 0;  ///< expected saving of each future run, in baseline runs
    double cost = 0;  ///< in baseline runs, with what else it takes to be certain
    double now = 0;   ///< the part of it that this run costs

    double worth() const { return gain / cost; }
  };

  /// The configuration not run yet whose run is expected to gain most for what it costs.
  std::optional<Option> best_new_run(std::size_t fidelity, double certainty, double level) const {
    const Models& models = standing_.models();
    const double price = models.energy().fidelity_cost(fidelity);
    const auto options = [&](std::span<const Configuration> configurations) {
      const auto prospects = models.prospects(configurations);
      const auto within = models.probabilities_clearly_within(configurations, fidelity, certainty);
      std::vector<Option> made;
      made.reserve(prospects.size());
      for (std::size_t i = 0; i < prospects.size(); ++i) {
        const auto& prospect = prospects[i];
        const double cost = prospect.cost * price;
        const double gain =
            open(configurations[i], fidelity)
                ? within[i] * prospect.succeeds * prospect.objective.expected_shortfall_below(level)
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

  /// Another run of something seen, or of the baseline, towards certainty that it is within the
  /// quality budget.
  std::optional<Option> best_repeat(std::size_t fidelity, double certainty, double level) const {
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

  /// All configurations are compared with the baseline: of many-to-one comparisons the one is worth
  /// more runs, by the square root of what the many have cost against it (Dunnett 1955).
  std::optional<Step> baseline_due(std::size_t fidelity) const {
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

  std::optional<Step> explore() const {
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
      end_reason_ = fmt::format(
          "no trial is expected to pay for itself: the best would save {:.2g} baseline runs over "
          "the next {:g} runs and cost {:.2g}",
          best->gain * study_.future_runs, study_.future_runs, best->cost);
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

  /// Finalists at full fidelity, the baseline's full run, and repeats of the best.
  std::optional<Step> finish() const {
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
    if (best->full() + best->running < study_.verification_runs &&
        affordable(incumbent.level, {})) {
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

  /// Another run of the best, or of the baseline, whichever settles more for its price.
  std::optional<Step> make_certain(const Configuration& configuration) const {
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

  std::optional<Step> next_finalist() const {
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
      return Step{
          assignment(Purpose::baseline, study_.space.baseline(), 0),
          "whether the finalist keeps the quality budget depends on the baseline's full run"};
    }
    if (!affordable(record->prospect.cost, {})) return std::nullopt;
    return Step{assignment(Purpose::verify, *best, 0),
                fmt::format("a finalist: expected to need {:.0f} % of the baseline",
                            100 * record->prospect.objective.mean())};
  }

  const study::StudyFile& study_;
  std::span<const double> fidelities_;
  std::uint64_t seed_;
  const Candidates& candidates_;
  Standing standing_;
  mutable std::string end_reason_;
};

Tuner::Tuner(const study::StudyFile& study, const pipeline::Pipeline& pipeline, std::uint64_t seed)
    : plan_(std::make_unique<Plan>(
          Plan{study,
               {pipeline.fidelities().begin(), pipeline.fidelities().end()},
               seed,
               Candidates(study.space, [&pipeline](const Configuration& configuration) {
                 return pipeline.can_run(configuration);
               })})) {}

Tuner::~Tuner() = default;

Outlook Tuner::after(const std::vector<Trial>& trials) const {
  return Outlook(std::make_unique<Outlook::Decision>(plan_->study, plan_->fidelities, plan_->seed,
                                                     plan_->candidates, trials));
}

Outlook::Outlook(std::unique_ptr<const Decision> decision) : decision_(std::move(decision)) {}
Outlook::Outlook(Outlook&&) noexcept = default;
Outlook::~Outlook() = default;

Step Outlook::next() const { return decision_->next(); }
Recommendation Outlook::recommendation() const { return decision_->recommendation(kSurelyWithin); }
Recommendation Outlook::interim_recommendation() const {
  return decision_->recommendation(kLikelyWithin);
}
std::vector<Rejection> Outlook::rejections() const { return decision_->rejections(); }
std::optional<units::Energy> Outlook::hopeless_beyond(const Assignment& assignment) const {
  return decision_->hopeless_beyond(assignment);
}

Recommendation Outlook::Decision::recommendation(double certainty) const {
  const auto incumbent = standing_.incumbent(certainty);
  Recommendation found;
  found.configuration = incumbent.configuration;
  found.better_than_baseline = !incumbent.baseline;
  const Record* baseline = baseline_record();
  found.baseline_full_runs = count_at(baseline, 0);
  const Record* record = standing_.find(incumbent.configuration);
  found.full_runs = count_at(record, 0);
  if (baseline && baseline->seen()) {
    const LogNormal level = standing_.models().energy().baseline();
    found.baseline_energy = units::Bounded<units::Energy>{units::joules(level.median()),
                                                          units::joules(level.quantile(-kNormal95)),
                                                          units::joules(level.quantile(kNormal95))};
    found.quality = standing_.models().quality().quality(incumbent.configuration);
    found.drop = standing_.models().quality().drop(incumbent.configuration);
  }
  found.probability_within_budget = 1;
  if (incumbent.baseline) return found;
  const LogNormal level = record->prospect.objective;
  found.saving = {1 - level.mean(), 1 - level.quantile(kNormal95), 1 - level.quantile(-kNormal95)};
  found.probability_within_budget = record->prospect.within;
  return found;
}

std::vector<Rejection> Outlook::Decision::rejections() const {
  std::vector<Rejection> found;
  for (const auto& run : standing_.runs()) {
    if (run.rejected.empty()) continue;
    const auto& configuration = run.trial->assignment.configuration;
    const bool known = std::ranges::any_of(
        found, [&](const Rejection& other) { return other.configuration == configuration; });
    if (!known) found.push_back({configuration, run.rejected});
  }
  return found;
}

std::optional<units::Energy> Outlook::Decision::hopeless_beyond(
    const Assignment& assignment) const {
  if (assignment.purpose != Purpose::explore) return std::nullopt;
  if (study_.objective == study::Objective::energy_delay) return std::nullopt;
  const double level = assignment.fidelity < 1 ? standing_.provisional_level()
                                               : standing_.incumbent(kLikelyWithin).level;
  const std::size_t fidelity = fidelity_index(assignment.fidelity, fidelities_);
  const auto& energy = standing_.models().energy();
  return units::joules(energy.baseline().median() * energy.fidelity_cost(fidelity) * level *
                       kHopelessMargin);
}

}  // namespace turngreen::explore
