#include "turngreen/explore/pathways.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>

namespace turngreen::explore {
namespace {

using Summaries = std::vector<ConfigurationSummary>;

bool sound(const ConfigurationSummary& each) {
  const bool ruled_out = each.status == Status::degenerate || each.status == Status::set_aside ||
                         each.status == Status::failed;
  return !ruled_out && each.full_runs > 0;
}

double mean_energy(const ConfigurationSummary& each) {
  return each.energy ? each.energy->mean : INFINITY;
}

/// How much the quality has changed, above 0 is better.
double gain(const study::QualityBudget& budget, double from, double to) {
  return budget.higher_is_better ? to - from : from - to;
}

bool within_budget(const study::QualityBudget& budget, const RepeatMean& baseline,
                   const ConfigurationSummary& each) {
  if (!each.quality) return false;
  const double drop = -gain(budget, baseline.mean, each.quality->mean);
  if (budget.max_drop && drop > *budget.max_drop) return false;
  if (budget.max_drop_relative && drop > *budget.max_drop_relative * std::abs(baseline.mean)) {
    return false;
  }
  return !budget.min || gain(budget, *budget.min, each.quality->mean) >= 0;
}

/// Mean not below the lower end of the baseline's interval (above the upper, where lower is
/// better).
bool as_good_as(const study::QualityBudget& budget, const RepeatMean& baseline,
                const ConfigurationSummary& each) {
  if (!each.quality) return false;
  double limit = baseline.mean;
  if (baseline.interval) {
    limit = budget.higher_is_better ? baseline.interval->low : baseline.interval->high;
  }
  return gain(budget, limit, each.quality->mean) >= 0;
}

/// The sound configuration with the least `cost` of those that `may` lead there, or the baseline.
std::size_t least(const Summaries& configurations,
                  const std::function<double(const ConfigurationSummary&)>& cost,
                  const std::function<bool(const ConfigurationSummary&)>& may) {
  std::size_t best = 0;
  for (std::size_t i = 1; i < configurations.size(); ++i) {
    const auto& each = configurations[i];
    if (sound(each) && may(each) && cost(each) < cost(configurations[best])) best = i;
  }
  return best;
}

bool serves(std::string_view stage) {
  constexpr std::array kBeginnings{"eval", "predict", "infer", "serv"};
  std::string lower(stage);
  std::ranges::transform(lower, lower.begin(), [](unsigned char c) { return std::tolower(c); });
  return std::ranges::any_of(kBeginnings,
                             [&](std::string_view word) { return lower.starts_with(word); });
}

/// Time of the stages that serve, or of the whole run where `stages` is false.
double seconds_of(const ConfigurationSummary& each, bool stages) {
  if (!stages) return each.seconds ? each.seconds->mean : INFINITY;
  double sum = 0;
  bool told = false;
  for (const auto& stage : each.stages) {
    if (!serves(stage.name) || !stage.seconds) continue;
    sum += stage.seconds->mean;
    told = true;
  }
  return told ? sum : INFINITY;
}

const KnobEffect* effect_of(const Explanation& explanation, std::size_t knob, knobs::Level level) {
  const auto found = std::ranges::find_if(explanation.knobs, [&](const KnobEffect& effect) {
    return effect.knob == knob && effect.level == level;
  });
  return found == explanation.knobs.end() ? nullptr : &*found;
}

/// What adding a knob's value does to the energy beside those that are there already.
double factor_beside(const Explanation& explanation, const PathwayStep& added,
                     const std::vector<PathwayStep>& there) {
  const auto* own = effect_of(explanation, added.knob, added.level);
  double factor = own ? own->factor.value : 1;
  for (const auto& pair : explanation.pairs) {
    const auto is = [&](const PathwayStep& a, const PathwayStep& b) {
      return pair.first == a.knob && pair.first_level == a.level && pair.second == b.knob &&
             pair.second_level == b.level;
    };
    for (const auto& step : there) {
      if (is(added, step) || is(step, added)) factor *= pair.factor.value;
    }
  }
  return factor;
}

/// Most saving first, given those before.
std::vector<PathwayStep> steps_to(const ConfigurationSummary& goal,
                                  const knobs::Configuration& baseline,
                                  const Explanation& explanation) {
  std::vector<PathwayStep> left;
  for (std::size_t knob = 0; knob < goal.configuration.levels.size(); ++knob) {
    const auto level = goal.configuration.levels[knob];
    if (level != baseline.levels[knob]) left.push_back({knob, level, 1, 1, std::nullopt});
  }
  std::vector<PathwayStep> steps;
  double cumulative = 1;
  std::optional<double> quality = 0;
  while (!left.empty()) {
    for (auto& step : left) step.factor = factor_beside(explanation, step, steps);
    const auto next = std::ranges::min_element(left, {}, &PathwayStep::factor);
    next->cumulative = cumulative *= next->factor;
    const auto* own = effect_of(explanation, next->knob, next->level);
    quality = quality && own && own->quality_change
                  ? std::optional(*quality + own->quality_change->value)
                  : std::nullopt;
    next->quality_change = quality;
    steps.push_back(*next);
    left.erase(next);
  }
  return steps;
}

std::string quality_text(const study::QualityBudget& budget, const ConfigurationSummary& each,
                         const ConfigurationSummary& baseline) {
  if (!each.quality || !baseline.quality) return {};
  return fmt::format(", {} {:.5g} against {:.5g}", budget.metric, each.quality->mean,
                     baseline.quality->mean);
}

std::string energy_text(const ConfigurationSummary& each) {
  if (!each.change.energy) return {};
  return fmt::format("{:+.1f} % energy", 100 * each.change.energy->value);
}

std::string reason_of(Route route, const study::StudyFile& study, const Summaries& configurations,
                      std::size_t goal, bool by_stage) {
  const auto& each = configurations[goal];
  const auto& baseline = configurations.front();
  if (goal == 0) {
    switch (route) {
      case Route::accuracy_first:
        return "no sound configuration takes less energy and is as good as the baseline";
      case Route::maximum_efficiency:
        return "nothing better than the baseline is within the quality budget for certain";
      case Route::latency_first:
        return "no sound configuration within the quality budget is faster than the baseline";
    }
  }
  const std::string facts = energy_text(each) + quality_text(study.quality, each, baseline);
  switch (route) {
    case Route::accuracy_first:
      return fmt::format("the least energy of those as good as the baseline: {}", facts);
    case Route::maximum_efficiency:
      return fmt::format("the least {} that is within the quality budget for certain: {}",
                         study::to_string(study.objective), facts);
    case Route::latency_first: {
      const double change = seconds_of(each, by_stage) / seconds_of(baseline, by_stage) - 1;
      return fmt::format("the fastest {} within the quality budget: {:+.1f} % time, {}",
                         by_stage ? "inference" : "run", 100 * change, facts);
    }
  }
  return {};
}

}  // namespace

std::string_view to_string(Route route) {
  switch (route) {
    case Route::accuracy_first:
      return "accuracy-first";
    case Route::maximum_efficiency:
      return "maximum-efficiency";
    case Route::latency_first:
      return "latency-first";
  }
  return {};
}

std::vector<Pathway> pathways_of(const study::StudyFile& study, const Summaries& configurations,
                                 const Explanation& explanation) {
  if (configurations.empty() || !configurations.front().is_baseline) return {};
  const auto& baseline = configurations.front();
  const bool by_stage = seconds_of(baseline, true) < INFINITY;
  std::vector<Pathway> pathways;
  const auto add = [&](Route route, std::size_t goal) {
    pathways.push_back({route, goal,
                        steps_to(configurations[goal], baseline.configuration, explanation),
                        reason_of(route, study, configurations, goal, by_stage)});
  };
  if (baseline.quality) {
    add(Route::accuracy_first, least(configurations, mean_energy, [&](const auto& each) {
          return as_good_as(study.quality, *baseline.quality, each);
        }));
  }
  const auto recommended =
      std::ranges::find(configurations, Status::recommended, &ConfigurationSummary::status);
  add(Route::maximum_efficiency,
      recommended == configurations.end()
          ? 0
          : static_cast<std::size_t>(recommended - configurations.begin()));
  if (baseline.quality) {
    add(Route::latency_first,
        least(
            configurations, [&](const auto& each) { return seconds_of(each, by_stage); },
            [&](const auto& each) {
              return within_budget(study.quality, *baseline.quality, each);
            }));
  }
  return pathways;
}

}  // namespace turngreen::explore
