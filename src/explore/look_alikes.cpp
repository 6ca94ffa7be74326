#include "turngreen/explore/look_alikes.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "mean_difference.h"

namespace turngreen::explore {
namespace {

constexpr double kAlike = 0.03;
constexpr double kMatters = 0.01;
constexpr double kChanged = 0.05;
constexpr std::size_t kFewestRuns = 2;
/// Neighbours in energy that are looked at: of many that are all alike, one is enough.
constexpr std::size_t kMostNeighbours = 16;

const StageSummary* find_stage(const ConfigurationSummary& configuration, const std::string& name) {
  const auto found = std::ranges::find(configuration.stages, name, &StageSummary::name);
  return found == configuration.stages.end() ? nullptr : &*found;
}

/// How much they differ at most where they are the same for certain; absent: they are not.
std::optional<double> same(const std::optional<RepeatMean>& a, const std::optional<RepeatMean>& b) {
  if (!a || !b) return std::nullopt;
  const auto found = relative_difference(*a, *b);
  const bool alike =
      found && found->interval && found->interval->low > -kAlike && found->interval->high < kAlike;
  return alike ? std::optional(std::abs(found->value)) : std::nullopt;
}

/// The whole of a run holds stages that take next to nothing and scatter widely (loading what may
/// be cached): nobody can say for certain that two wholes are the same.
bool near(const std::optional<RepeatMean>& a, const std::optional<RepeatMean>& b) {
  return a && b && std::abs(b->mean - a->mean) < kAlike * a->mean;
}

class Comparer {
 public:
  explicit Comparer(const ConfigurationSummary& baseline) {
    if (!baseline.energy) return;
    for (const auto& stage : baseline.stages) {
      if (stage.energy && stage.energy->mean >= kMatters * baseline.energy->mean) {
        stages_.push_back(stage.name);
      }
    }
  }

  /// The largest difference of a stage's energy; absent: they can be told apart, or too little is
  /// known to say that they cannot.
  std::optional<double> alike(const ConfigurationSummary& a, const ConfigurationSummary& b) const {
    if (!near(a.energy, b.energy) || !near(a.seconds, b.seconds)) return std::nullopt;
    double largest = 0;
    for (const auto& name : stages_) {
      const auto* first = find_stage(a, name);
      const auto* second = find_stage(b, name);
      if (!first || !second || !same(first->seconds, second->seconds)) return std::nullopt;
      const auto difference = same(first->energy, second->energy);
      if (!difference) return std::nullopt;
      largest = std::max(largest, *difference);
    }
    return largest;
  }

 private:
  std::vector<std::string> stages_;
};

bool usable(const ConfigurationSummary& each) {
  return each.full_runs >= kFewestRuns && each.energy && each.seconds && !each.two_groups;
}

bool has_usable_baseline(const std::vector<ConfigurationSummary>& configurations) {
  return !configurations.empty() && configurations.front().is_baseline &&
         usable(configurations.front());
}

bool changed(const ConfigurationSummary& each) {
  const auto far = [](const std::optional<RelativeChange>& change) {
    return change && std::abs(change->value) >= kChanged;
  };
  return far(each.change.energy) || far(each.change.seconds);
}

}  // namespace

std::vector<LookAlikes> find_look_alikes(const std::vector<ConfigurationSummary>& configurations) {
  if (!has_usable_baseline(configurations)) return {};
  const Comparer comparer(configurations.front());
  std::vector<std::size_t> order;
  for (std::size_t i = 1; i < configurations.size(); ++i) {
    if (usable(configurations[i]) && changed(configurations[i])) order.push_back(i);
  }
  const auto energy = [&](std::size_t i) { return configurations[i].energy->mean; };
  std::ranges::stable_sort(order, {}, energy);
  std::vector<LookAlikes> found;
  for (std::size_t i = 0; i < order.size(); ++i) {
    const std::size_t end = std::min(order.size(), i + 1 + kMostNeighbours);
    for (std::size_t j = i + 1; j < end && energy(order[j]) < (1 + kAlike) * energy(order[i]);
         ++j) {
      const auto [first, second] = std::minmax(order[i], order[j]);
      const auto largest = comparer.alike(configurations[first], configurations[second]);
      if (!largest) continue;
      const auto& change = configurations[first].change.energy;
      found.push_back({first, second, *largest, change ? change->value : 0});
      break;
    }
  }
  std::ranges::sort(found, {},
                    [](const LookAlikes& pair) { return std::pair(pair.first, pair.second); });
  return found;
}

std::vector<std::size_t> find_without_effect(
    const std::vector<ConfigurationSummary>& configurations) {
  if (!has_usable_baseline(configurations)) return {};
  const Comparer comparer(configurations.front());
  std::vector<std::size_t> found;
  for (std::size_t i = 1; i < configurations.size(); ++i) {
    if (usable(configurations[i]) && comparer.alike(configurations.front(), configurations[i])) {
      found.push_back(i);
    }
  }
  return found;
}

}  // namespace turngreen::explore
