#include <algorithm>

#include "turngreen/knobs/space.h"

namespace turngreen::knobs {

// Depth first, one knob after the other. Each rule is tested as soon as the last of the knobs that
// it speaks of has its level, so that whole branches fall away.
std::optional<std::vector<Configuration>> Space::enumerate(std::size_t limit) const {
  const std::size_t depth = knobs_.size();
  struct OfTwo {
    std::size_t knob = 0;
    Test test;
    bool wanted = true;  ///< whether the test must hold, or must not, where the knob is not off
  };
  std::vector<std::vector<OfTwo>> of_two(depth);
  for (std::size_t i = 0; i < depth; ++i) {
    for (const Test& test : rules_[i].needs) {
      of_two[std::max(i, test.knob)].push_back({i, test, true});
    }
    for (const Test& test : rules_[i].excludes) {
      of_two[std::max(i, test.knob)].push_back({i, test, false});
    }
  }
  std::vector<std::vector<const std::vector<Test>*>> forbidden(depth);
  for (const auto& tests : forbidden_tests_) {
    forbidden[std::ranges::max(tests, {}, &Test::knob).knob].push_back(&tests);
  }

  Configuration partial;
  partial.levels.resize(depth);
  const auto stands = [&](std::size_t last) {
    for (const auto& [knob, test, wanted] : of_two[last]) {
      if (partial.levels[knob] != knobs_[knob].off && test.holds(partial) != wanted) return false;
    }
    return std::ranges::none_of(forbidden[last], [&](const auto* tests) {
      return std::ranges::all_of(*tests, [&](const Test& test) { return test.holds(partial); });
    });
  };

  std::vector<Configuration> found;
  // Rules may leave dead ends by the billion and hardly a configuration.
  std::uint64_t steps_left = 1'000'000 + 64 * std::uint64_t{limit};
  const auto descend = [&](const auto& self, std::size_t knob) -> bool {
    if (knob == depth) {
      if (found.size() == limit) return false;
      found.push_back(partial);
      return true;
    }
    for (std::size_t level = 0; level < knobs_[knob].values.size(); ++level) {
      if (steps_left-- == 0) return false;
      partial.levels[knob] = static_cast<Level>(level);
      if (stands(knob) && !self(self, knob + 1)) return false;
    }
    return true;
  };
  if (!descend(descend, 0)) return std::nullopt;
  return found;
}

}  // namespace turngreen::knobs
