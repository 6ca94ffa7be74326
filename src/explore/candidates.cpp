#include "candidates.h"

#include <algorithm>
#include <numeric>
#include <random>
#include <set>

namespace turngreen::explore {
namespace {

using knobs::Configuration;

constexpr std::size_t kChanceStarts = 96;
constexpr std::size_t kClimbers = 4;
constexpr std::size_t kMostSteps = 12;

/// A configuration by chance, near the baseline as often as far from it; knobs that stand in the
/// way of the rules are turned off again.
std::optional<Configuration> by_chance(const knobs::Space& space, std::mt19937_64& random) {
  Configuration drawn = space.baseline();
  const auto knobs = space.knobs();
  std::vector<std::size_t> order(knobs.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::shuffle(order, random);
  const std::size_t turned = 1 + random() % knobs.size();
  for (std::size_t i = 0; i < turned; ++i) {
    const std::size_t knob = order[i];
    const auto before = drawn.levels[knob];
    drawn.levels[knob] = static_cast<knobs::Level>(random() % knobs[knob].values.size());
    if (!space.allows(drawn)) drawn.levels[knob] = before;
  }
  if (!space.allows(drawn)) return std::nullopt;
  return drawn;
}

std::vector<Configuration> neighbours(const knobs::Space& space, const Configuration& of) {
  std::vector<Configuration> found;
  const auto knobs = space.knobs();
  for (std::size_t knob = 0; knob < knobs.size(); ++knob) {
    for (std::size_t level = 0; level < knobs[knob].values.size(); ++level) {
      if (level == of.levels[knob]) continue;
      Configuration next = of;
      next.levels[knob] = static_cast<knobs::Level>(level);
      if (space.allows(next)) found.push_back(std::move(next));
    }
  }
  return found;
}

}  // namespace

Candidates::Candidates(const knobs::Space& space,
                       std::function<bool(const Configuration&)> possible)
    : space_(space), possible_(std::move(possible)) {
  auto all = space.enumerate(kMostEnumerated);
  if (!all) return;
  std::erase_if(*all, [this](const Configuration& each) { return !possible_(each); });
  all_ = std::move(*all);
}

std::vector<Configuration> Candidates::worth_a_look(const Valuation& value,
                                                    std::span<const Configuration> starts,
                                                    std::uint64_t seed) const {
  if (enumerated()) return all_;
  std::set<Configuration> seen(starts.begin(), starts.end());
  std::mt19937_64 random(seed);
  for (std::size_t i = 0; i < kChanceStarts; ++i) {
    auto drawn = by_chance(space_, random);
    if (drawn && possible_(*drawn)) seen.insert(*std::move(drawn));
  }
  std::vector<Configuration> front(seen.begin(), seen.end());
  std::vector<double> values = value(front);
  for (std::size_t climber = 0; climber < kClimbers && climber < front.size(); ++climber) {
    // Each climbs from the best place that no other has started from.
    const auto order = std::ranges::max_element(values) - values.begin();
    Configuration place = front[static_cast<std::size_t>(order)];
    double height = values[static_cast<std::size_t>(order)];
    values[static_cast<std::size_t>(order)] = -1;
    for (std::size_t step = 0; step < kMostSteps; ++step) {
      auto around = neighbours(space_, place);
      std::erase_if(around, [this](const Configuration& each) { return !possible_(each); });
      if (around.empty()) break;
      const auto heights = value(around);
      seen.insert(around.begin(), around.end());
      const auto best = std::ranges::max_element(heights) - heights.begin();
      if (heights[static_cast<std::size_t>(best)] <= height) break;
      height = heights[static_cast<std::size_t>(best)];
      place = around[static_cast<std::size_t>(best)];
    }
  }
  return {seen.begin(), seen.end()};
}

}  // namespace turngreen::explore
