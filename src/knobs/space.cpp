#include "turngreen/knobs/space.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "turngreen/knobs/space_faults.h"
#include "turngreen/units/nearest_word.h"
#include "turngreen/units/text.h"
#include "value_list.h"

namespace turngreen::knobs {
namespace {

using units::in_quotes;

/// "precision=bf16" or "precision one of bf16, fp16".
std::string text_of(const Condition& condition) {
  return condition.values.size() == 1
             ? fmt::format("{}={}", condition.knob, condition.values.front().text())
             : fmt::format("{} one of {}", condition.knob, list_of(condition.values));
}

std::optional<std::size_t> level_of(const Knob& knob, const Value& value) {
  const auto found = std::find(knob.values.begin(), knob.values.end(), value);
  if (found == knob.values.end()) return std::nullopt;
  return static_cast<std::size_t>(found - knob.values.begin());
}

}  // namespace

Result<Space> Space::build(std::vector<Knob> knobs, Forbidden forbidden) {
  std::string faults;
  for (const auto& fault : space_faults(knobs, forbidden)) {
    faults += (faults.empty() ? "" : "\n") + fault.message;
  }
  if (!faults.empty()) return fail(Error::Kind::invalid_input, std::move(faults));

  Space space;
  space.knobs_ = std::move(knobs);
  space.forbidden_ = std::move(forbidden);
  const auto tests_of = [&](const std::vector<Condition>& conditions) {
    std::vector<Test> tests;
    for (const auto& condition : conditions) {
      Test test{.knob = *space.find(condition.knob)};
      for (const Value& value : condition.values) {
        test.levels |= std::uint64_t{1} << *level_of(space.knobs_[test.knob], value);
      }
      tests.push_back(test);
    }
    return tests;
  };
  for (const Knob& knob : space.knobs_) {
    space.rules_.push_back({tests_of(knob.needs), tests_of(knob.excludes)});
  }
  for (const auto& conditions : space.forbidden_) {
    space.forbidden_tests_.push_back(tests_of(conditions));
  }
  return space;
}

std::optional<std::size_t> Space::find(std::string_view id) const {
  const auto found = std::ranges::find(knobs_, id, &Knob::id);
  if (found == knobs_.end()) return std::nullopt;
  return static_cast<std::size_t>(found - knobs_.begin());
}

Configuration Space::baseline() const {
  Configuration configuration;
  configuration.levels.reserve(knobs_.size());
  for (const Knob& knob : knobs_) configuration.levels.push_back(static_cast<Level>(knob.off));
  return configuration;
}

bool Space::is_baseline(const Configuration& configuration) const {
  return configuration == baseline();
}

bool Space::allows(const Configuration& configuration) const {
  const auto& levels = configuration.levels;
  if (levels.size() != knobs_.size()) return false;
  const auto holds = [&](const Test& test) { return test.holds(configuration); };
  // All levels before any rule: a test shifts by the level of another knob.
  for (std::size_t i = 0; i < levels.size(); ++i) {
    if (levels[i] >= knobs_[i].values.size()) return false;
  }
  for (std::size_t i = 0; i < levels.size(); ++i) {
    if (levels[i] == knobs_[i].off) continue;
    if (!std::all_of(rules_[i].needs.begin(), rules_[i].needs.end(), holds)) return false;
    if (std::any_of(rules_[i].excludes.begin(), rules_[i].excludes.end(), holds)) return false;
  }
  return std::none_of(forbidden_tests_.begin(), forbidden_tests_.end(), [&](const auto& tests) {
    return std::all_of(tests.begin(), tests.end(), holds);
  });
}

std::optional<std::string> Space::objection(const Configuration& configuration) const {
  const auto& levels = configuration.levels;
  if (levels.size() != knobs_.size()) {
    return fmt::format("the configuration has {} levels for {} knobs", levels.size(),
                       knobs_.size());
  }
  for (std::size_t i = 0; i < levels.size(); ++i) {
    if (levels[i] >= knobs_[i].values.size()) {
      return fmt::format("{} has no value number {}; it has {}", knobs_[i].id, levels[i] + 1,
                         knobs_[i].values.size());
    }
  }
  const auto setting = [&](std::size_t knob) {
    return fmt::format("{}={}", knobs_[knob].id, value(configuration, knob).text());
  };
  for (std::size_t i = 0; i < levels.size(); ++i) {
    if (levels[i] == knobs_[i].off) continue;
    const auto& [needs, excludes] = rules_[i];
    for (std::size_t k = 0; k < needs.size(); ++k) {
      if (needs[k].holds(configuration)) continue;
      return fmt::format("{} requires {}, and {} is set", setting(i), text_of(knobs_[i].needs[k]),
                         setting(needs[k].knob));
    }
    for (const Test& test : excludes) {
      if (test.holds(configuration)) {
        return fmt::format("{} excludes {}", setting(i), setting(test.knob));
      }
    }
  }
  for (const auto& tests : forbidden_tests_) {
    std::vector<std::string> together;
    for (const Test& test : tests) {
      if (test.holds(configuration)) together.push_back(setting(test.knob));
    }
    if (together.size() == tests.size()) {
      return fmt::format("{} is forbidden", fmt::join(together, " with "));
    }
  }
  return std::nullopt;
}

std::uint64_t Space::combinations() const {
  constexpr auto kMost = std::numeric_limits<std::uint64_t>::max();
  std::uint64_t product = 1;
  for (const Knob& knob : knobs_) {
    if (product > kMost / knob.values.size()) return kMost;
    product *= knob.values.size();
  }
  return product;
}

Result<Configuration> Space::configuration(const Settings& settings) const {
  Configuration configuration = baseline();
  std::vector<bool> seen(knobs_.size());
  for (const auto& [id, value] : settings) {
    const auto knob = find(id);
    if (!knob) {
      std::vector<std::string> ids;
      for (const Knob& known : knobs_) ids.push_back(known.id);
      const auto nearest = units::nearest_word(id, ids);
      return fail(Error::Kind::invalid_input,
                  fmt::format("there is no knob {}; {}", in_quotes(id),
                              nearest ? fmt::format("did you mean {}?", *nearest)
                                      : fmt::format("there are {}", fmt::join(ids, ", "))));
    }
    if (seen[*knob]) {
      return fail(Error::Kind::invalid_input, fmt::format("{} is given a value twice", id));
    }
    seen[*knob] = true;
    const auto level = level_of(knobs_[*knob], value);
    if (!level) {
      return fail(Error::Kind::invalid_input,
                  fmt::format("{} cannot be {}; it may be {}", id, in_quotes(value.text()),
                              list_of(knobs_[*knob].values)));
    }
    configuration.levels[*knob] = static_cast<Level>(*level);
  }
  if (const auto why = objection(configuration)) return fail(Error::Kind::invalid_input, *why);
  return configuration;
}

Settings Space::settings(const Configuration& configuration) const {
  Settings settings;
  for (std::size_t i = 0; i < knobs_.size(); ++i) {
    settings.emplace_back(knobs_[i].id, value(configuration, i));
  }
  return settings;
}

std::string Space::describe(const Configuration& configuration) const {
  std::string text;
  for (std::size_t i = 0; i < knobs_.size(); ++i) {
    if (configuration.levels[i] == knobs_[i].off) continue;
    text += fmt::format("{}{}={}", text.empty() ? "" : ", ", knobs_[i].id,
                        value(configuration, i).text());
  }
  return text.empty() ? "baseline" : text;
}

}  // namespace turngreen::knobs
