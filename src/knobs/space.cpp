#include "turngreen/knobs/space.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <set>

#include "space_rules.h"
#include "turngreen/units/nearest_word.h"

namespace turngreen::knobs {

Result<Space> Space::build(std::vector<Knob> knobs, Forbidden forbidden) {
  const auto faults = faults_of(knobs, forbidden);
  if (!faults.empty()) {
    std::string text;
    for (const auto& fault : faults) text += (text.empty() ? "" : "\n") + fault;
    return fail(Error::Kind::invalid_input, std::move(text));
  }
  Space space;
  space.knobs_ = std::move(knobs);
  space.forbidden_ = std::move(forbidden);
  const auto test = [&space](const Condition& condition) {
    Test made{*space.find(condition.knob), 0};
    const auto& values = space.knobs_[made.knob].values;
    for (std::size_t level = 0; level < values.size(); ++level) {
      const bool listed =
          std::ranges::find(condition.values, values[level]) != condition.values.end();
      if (listed) made.levels |= std::uint64_t{1} << level;
    }
    return made;
  };
  for (const auto& knob : space.knobs_) {
    Rules& rules = space.rules_.emplace_back();
    for (const auto& condition : knob.needs) rules.needs.push_back(test(condition));
    for (const auto& condition : knob.excludes) rules.excludes.push_back(test(condition));
  }
  for (const auto& combination : space.forbidden_) {
    auto& tests = space.forbidden_tests_.emplace_back();
    for (const auto& condition : combination) tests.push_back(test(condition));
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
  for (const auto& knob : knobs_) configuration.levels.push_back(static_cast<Level>(knob.off));
  return configuration;
}

bool Space::is_baseline(const Configuration& configuration) const {
  for (std::size_t k = 0; k < knobs_.size(); ++k) {
    if (configuration.levels[k] != knobs_[k].off) return false;
  }
  return true;
}

bool Space::allows(const Configuration& configuration) const {
  const auto holds = [&](const Test& test) { return test.holds(configuration); };
  for (std::size_t k = 0; k < knobs_.size(); ++k) {
    if (configuration.levels[k] == knobs_[k].off) continue;
    if (!std::ranges::all_of(rules_[k].needs, holds)) return false;
    if (std::ranges::any_of(rules_[k].excludes, holds)) return false;
  }
  return std::ranges::none_of(forbidden_tests_,
                              [&](const auto& tests) { return std::ranges::all_of(tests, holds); });
}

std::optional<std::string> Space::objection(const Configuration& configuration) const {
  for (std::size_t k = 0; k < knobs_.size(); ++k) {
    if (configuration.levels[k] == knobs_[k].off) continue;
    const auto setting = fmt::format("{}={}", knobs_[k].id, value(configuration, k).text());
    for (std::size_t i = 0; i < rules_[k].needs.size(); ++i) {
      if (rules_[k].needs[i].holds(configuration)) continue;
      return fmt::format("{} requires {}", setting, describe_condition(knobs_[k].needs[i]));
    }
    for (std::size_t i = 0; i < rules_[k].excludes.size(); ++i) {
      if (!rules_[k].excludes[i].holds(configuration)) continue;
      return fmt::format("{} excludes {}", setting, describe_condition(knobs_[k].excludes[i]));
    }
  }
  for (std::size_t i = 0; i < forbidden_tests_.size(); ++i) {
    const bool all = std::ranges::all_of(
        forbidden_tests_[i], [&](const Test& test) { return test.holds(configuration); });
    if (!all) continue;
    std::string conditions;
    for (const auto& condition : forbidden_[i]) {
      conditions += (conditions.empty() ? "" : " with ") + describe_condition(condition);
    }
    return fmt::format("{} is forbidden", conditions);
  }
  return std::nullopt;
}

std::uint64_t Space::combinations() const {
  std::uint64_t product = 1;
  for (const auto& knob : knobs_) {
    if (product > std::numeric_limits<std::uint64_t>::max() / knob.values.size()) {
      return std::numeric_limits<std::uint64_t>::max();
    }
    product *= knob.values.size();
  }
  return product;
}

std::optional<std::vector<Configuration>> Space::enumerate(std::size_t limit) const {
  // Far more combinations than allowed ones would be walked through otherwise.
  constexpr std::uint64_t kMostWalked = 5'000'000;
  if (combinations() > kMostWalked) return std::nullopt;
  std::vector<Configuration> found;
  Configuration configuration;
  configuration.levels.assign(knobs_.size(), 0);
  while (true) {
    if (allows(configuration)) {
      if (found.size() == limit) return std::nullopt;
      found.push_back(configuration);
    }
    std::size_t k = knobs_.size();
    while (k > 0 && configuration.levels[k - 1] + std::size_t{1} == knobs_[k - 1].values.size()) {
      configuration.levels[--k] = 0;
    }
    if (k == 0) return found;
    ++configuration.levels[k - 1];
  }
}

Result<Configuration> Space::configuration(const Settings& settings) const {
  Configuration configuration = baseline();
  for (const auto& [id, value] : settings) {
    const auto knob = find(id);
    if (!knob) {
      std::vector<std::string> ids;
      for (const auto& known : knobs_) ids.push_back(known.id);
      const auto meant = units::nearest_word(id, std::span<const std::string>(ids));
      return fail(Error::Kind::invalid_input,
                  fmt::format("no knob is called \"{}\"{}", id,
                              meant ? fmt::format("; did you mean \"{}\"?", *meant) : ""));
    }
    const auto& values = knobs_[*knob].values;
    const auto found = std::ranges::find(values, value);
    if (found == values.end()) {
      return fail(Error::Kind::invalid_input, fmt::format("knob {} has no value {}; it may be {}",
                                                          id, value.text(), list_values(values)));
    }
    configuration.levels[*knob] = static_cast<Level>(found - values.begin());
  }
  if (const auto why_not = objection(configuration)) {
    return fail(Error::Kind::invalid_input, *why_not);
  }
  return configuration;
}

Settings Space::settings(const Configuration& configuration) const {
  Settings settings;
  for (std::size_t k = 0; k < knobs_.size(); ++k) {
    settings.emplace_back(knobs_[k].id, value(configuration, k));
  }
  return settings;
}

std::string Space::describe(const Configuration& configuration) const {
  std::string text;
  for (std::size_t k = 0; k < knobs_.size(); ++k) {
    if (configuration.levels[k] == knobs_[k].off) continue;
    text += fmt::format("{}{}={}", text.empty() ? "" : ", ", knobs_[k].id,
                        value(configuration, k).text());
  }
  return text.empty() ? "baseline" : text;
}

}  // namespace turngreen::knobs
