#include "catalogue_defaults.h"

#include <algorithm>
#include <cmath>

namespace turngreen::study {
namespace {

using knobs::Expectation;
using knobs::Knob;
using knobs::Value;

std::optional<std::size_t> level_of(const std::vector<Value>& values, const Value& value) {
  const auto found = std::find(values.begin(), values.end(), value);
  if (found == values.end()) return std::nullopt;
  return static_cast<std::size_t>(found - values.begin());
}

bool monotone(const std::vector<Value>& values) {
  const auto is_number = [](const Value& value) { return value.number().has_value(); };
  if (!std::all_of(values.begin(), values.end(), is_number)) return false;
  const auto less = [](const Value& a, const Value& b) { return *a.number() < *b.number(); };
  return std::is_sorted(values.begin(), values.end(), less) ||
         std::is_sorted(values.rbegin(), values.rend(), less);
}

/// What is published of a value of the catalogue's; its off value is the measure, so exactly 1.
std::optional<Expectation> published(const Knob& known, const Value& value) {
  const auto level = level_of(known.values, value);
  if (!level) return std::nullopt;
  if (*level == known.off) return Expectation{.energy_factor = 1, .log_spread = 0};
  return known.expected.empty() ? std::nullopt : known.expected[*level];
}

}  // namespace

void adapt_to_values(const Knob& known, Knob& knob) {
  knob.off = level_of(knob.values, known.values[known.off]).value_or(0);
  knob.ordered = known.ordered && monotone(knob.values);
  knob.expected = expectations_for(known, knob);
}

std::vector<std::optional<Expectation>> expectations_for(const Knob& known, const Knob& knob) {
  std::vector<std::optional<Expectation>> expected(knob.values.size());
  const auto off = published(known, knob.values[knob.off]);
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const auto value = published(known, knob.values[i]);
    if (i == knob.off || !off || !value) continue;
    // A ratio of two published factors is as unsure as both.
    const double spread = std::hypot(value->log_spread, off->log_spread);
    if (spread > 0) expected[i] = {value->energy_factor / off->energy_factor, spread};
  }
  return expected;
}

std::vector<knobs::Condition> conditions_within(const std::vector<knobs::Condition>& conditions,
                                                const std::vector<Knob>& knobs,
                                                NoValueLeft none_left) {
  std::vector<knobs::Condition> within;
  for (const auto& condition : conditions) {
    const auto knob = std::ranges::find(knobs, condition.knob, &Knob::id);
    if (knob == knobs.end()) continue;
    knobs::Condition kept{.knob = condition.knob};
    for (const Value& value : condition.values) {
      const auto level = level_of(knob->values, value);
      // What is off in this study stands in the way of nothing: the baseline has it.
      const bool is_idle = none_left == NoValueLeft::drop && level == knob->off;
      if (level && !is_idle) kept.values.push_back(value);
    }
    if (!kept.values.empty()) {
      within.push_back(std::move(kept));
    } else if (none_left == NoValueLeft::keep) {
      within.push_back(condition);
    }
  }
  return within;
}

}  // namespace turngreen::study
