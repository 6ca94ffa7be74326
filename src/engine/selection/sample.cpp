#include "turngreen/engine/selection/sample.h"

#include <algorithm>
#include <cmath>

#include "quotas.h"
#include "turngreen/engine/selection/text_hash.h"

namespace turngreen::selection {
namespace {

using Numbers = std::vector<std::int64_t>;

std::vector<Numbers> examples_of_classes(const Population& population) {
  std::vector<Numbers> members(1);
  for (std::int64_t n = 0; n < population.examples; ++n) {
    const auto of = population.classes.empty()
                        ? 0
                        : static_cast<std::size_t>(population.classes[static_cast<std::size_t>(n)]);
    if (of >= members.size()) members.resize(of + 1);
    members[of].push_back(n);
  }
  return members;
}

/// Puts `quota` of them first: those that are to be taken.
void choose(Numbers& members, std::int64_t quota, const Population& population,
            const SampleOptions& options) {
  const auto chance = [&](std::int64_t n) {
    return mixed(mixed(options.seed) + static_cast<std::uint64_t>(n));
  };
  auto by_chance = members.begin();
  if (options.sampling == Sampling::hard) {
    const auto score = [&](std::int64_t n) {
      return population.hardness[static_cast<std::size_t>(n)];
    };
    std::stable_sort(members.begin(), members.end(),
                     [&](std::int64_t a, std::int64_t b) { return score(a) > score(b); });
    by_chance += quota / 2;
  }
  std::sort(by_chance, members.end(),
            [&](std::int64_t a, std::int64_t b) { return chance(a) < chance(b); });
}

}  // namespace

std::vector<std::int64_t> sample(const Population& population, const SampleOptions& options) {
  const auto count = std::clamp<std::int64_t>(
      std::llround(options.fraction * static_cast<double>(population.examples)), 1,
      population.examples);
  auto members = examples_of_classes(population);
  Numbers sizes;
  for (const Numbers& of : members) sizes.push_back(static_cast<std::int64_t>(of.size()));
  const Numbers quotas = options.sampling == Sampling::balanced ? equal_quotas(sizes, count)
                                                                : proportional_quotas(sizes, count);
  Numbers chosen;
  for (std::size_t of = 0; of < members.size(); ++of) {
    choose(members[of], quotas[of], population, options);
    chosen.insert(chosen.end(), members[of].begin(), members[of].begin() + quotas[of]);
  }
  std::sort(chosen.begin(), chosen.end());
  return chosen;
}

}  // namespace turngreen::selection
