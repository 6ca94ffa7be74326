#include "space_rules.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "turngreen/units/nearest_word.h"

namespace turngreen::knobs {
namespace {

bool well_formed(std::string_view id) {
  constexpr std::size_t kLongestId = 64;
  const auto letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  };
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  return !id.empty() && id.size() <= kLongestId && letter(id.front()) &&
         std::ranges::all_of(id, [&](char c) { return letter(c) || digit(c); });
}

class Inspection {
 public:
  explicit Inspection(std::span<const Knob> knobs) : knobs_(knobs) {
    for (const auto& knob : knobs) ids_.push_back(knob.id);
  }

  void knob(const Knob& knob) {
    if (!well_formed(knob.id)) {
      add(
          fmt::format("knob \"{}\": an id is a letter or underscore, then letters, digits and "
                      "underscores, at most 64",
                      knob.id));
    }
    if (std::ranges::count(ids_, knob.id) > 1) add(fmt::format("knob {} is there twice", knob.id));
    if (knob.values.empty() || knob.values.size() > kMaxValues) {
      add(fmt::format("knob {} has {} values; it may have 1 to {}", knob.id, knob.values.size(),
                      kMaxValues));
    }
    for (std::size_t i = 0; i < knob.values.size(); ++i) {
      const auto rest = std::span(knob.values).subspan(i + 1);
      if (std::ranges::find(rest, knob.values[i]) == rest.end()) continue;
      add(fmt::format("knob {} has the value {} twice", knob.id, knob.values[i].text()));
    }
    if (knob.off >= knob.values.size() && !knob.values.empty()) {
      add(fmt::format("knob {}: value number {} is to be off, and there are {}", knob.id, knob.off,
                      knob.values.size()));
    }
    if (!knob.expected.empty() && knob.expected.size() != knob.values.size()) {
      add(fmt::format("knob {} has {} expectations for {} values", knob.id, knob.expected.size(),
                      knob.values.size()));
    }
    for (const auto& expected : knob.expected) {
      if (!expected) continue;
      const auto positive = [](double x) { return std::isfinite(x) && x > 0; };
      if (positive(expected->energy_factor) && positive(expected->log_spread)) continue;
      add(fmt::format("knob {}: an expected factor and its spread must be above 0", knob.id));
    }
    for (const auto& needed : knob.needs) condition(knob.id + " requires", needed);
    for (const auto& excluded : knob.excludes) condition(knob.id + " excludes", excluded);
  }

  void combination(const std::vector<Condition>& conditions) {
    if (conditions.empty()) return add("a forbidden combination names no knob");
    bool baseline = true;
    for (const auto& each : conditions) {
      condition("forbidden", each);
      const auto found = std::ranges::find(knobs_, each.knob, &Knob::id);
      baseline = baseline && found != knobs_.end() && found->off < found->values.size() &&
                 std::ranges::find(each.values, found->values[found->off]) != each.values.end();
    }
    if (!baseline) return;
    std::string text;
    for (const auto& each : conditions) {
      text += (text.empty() ? "" : ", ") + describe_condition(each);
    }
    add(fmt::format("forbidden {}: that is the baseline, with all knobs off", text));
  }

  std::vector<std::string> faults() && { return std::move(faults_); }

 private:
  void condition(const std::string& whose, const Condition& condition) {
    const auto found = std::ranges::find(knobs_, condition.knob, &Knob::id);
    if (found == knobs_.end()) {
      const auto meant = units::nearest_word(condition.knob, std::span<const std::string>(ids_));
      return add(fmt::format("{}: no knob is called \"{}\"{}", whose, condition.knob,
                             meant ? fmt::format("; did you mean \"{}\"?", *meant) : ""));
    }
    if (condition.values.empty()) {
      return add(fmt::format("{} {}: no value is named", whose, condition.knob));
    }
    for (const auto& value : condition.values) {
      if (std::ranges::find(found->values, value) != found->values.end()) continue;
      add(fmt::format("{} {}={}: the knob has no such value; it may be {}", whose, condition.knob,
                      value.text(), list_values(found->values)));
    }
  }

  void add(std::string fault) { faults_.push_back(std::move(fault)); }

  std::span<const Knob> knobs_;
  std::vector<std::string> ids_;
  std::vector<std::string> faults_;
};

}  // namespace

std::vector<std::string> faults_of(std::span<const Knob> knobs,
                                   std::span<const std::vector<Condition>> forbidden) {
  Inspection inspection(knobs);
  for (const auto& knob : knobs) inspection.knob(knob);
  for (const auto& combination : forbidden) inspection.combination(combination);
  auto faults = std::move(inspection).faults();
  if (knobs.size() > kMaxKnobs) {
    faults.push_back(
        fmt::format("there are {} knobs; at most {} are possible", knobs.size(), kMaxKnobs));
  }
  return faults;
}

std::string describe_condition(const Condition& condition) {
  const bool one = condition.values.size() == 1;
  return condition.knob + (one ? "=" : " one of ") + list_values(condition.values);
}

std::string list_values(std::span<const Value> values) {
  std::string text;
  for (const auto& value : values) text += (text.empty() ? "" : ", ") + value.text();
  return text;
}

}  // namespace turngreen::knobs
