#include "turngreen/explore/proof_of_effect.h"

#include <fmt/core.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <string_view>

#include "value_in_force.h"

namespace turngreen::explore {
namespace {

using Told = std::span<const pipeline::EffectiveValue>;

/// The last that a run told of that name: what was in force in the end.
const pipeline::EffectiveValue* find_told(Told told, std::string_view name) {
  const auto found = std::find_if(told.rbegin(), told.rend(),
                                  [&](const auto& value) { return value.knob == name; });
  return found == told.rend() ? nullptr : &*found;
}

double tolerance_of(const knobs::Knob& knob) {
  return knob.resource == knobs::Resource::power ? kReadingTolerance : kSettingTolerance;
}

class Comparison {
 public:
  Comparison(const knobs::Space& space, const knobs::Configuration& asked, Told in_force,
             Told baseline)
      : space_(space),
        asked_(asked),
        in_force_(in_force),
        baseline_(baseline),
        active_(space.describe(asked)) {}

  EffectVerdict verdict() {
    for (std::size_t knob = 0; knob < space_.knobs().size(); ++knob) compare_knob(knob);
    for (auto told = in_force_.begin(); told != in_force_.end(); ++told) {
      const bool is_last = find_told(in_force_, told->knob) == &*told;
      if (is_last && !space_.find(told->knob)) compare_with_baseline(*told, kReadingTolerance);
    }
    return verdict_;
  }

 private:
  void compare_knob(std::size_t index) {
    const knobs::Knob& knob = space_.knobs()[index];
    const bool off = asked_.levels[index] == knob.off;
    const pipeline::EffectiveValue* const told = find_told(in_force_, knob.id);
    if (told == nullptr) {
      if (!off) verdict_.not_told.push_back(knob.id);
      return;
    }
    if (off && find_told(baseline_, knob.id) != nullptr && !space_.is_baseline(asked_)) {
      compare_with_baseline(*told, tolerance_of(knob));
      return;
    }
    const knobs::Value& asked = space_.value(asked_, index);
    const ValueInForce in_force(*told);
    if (!ValueInForce(asked).matches(in_force, tolerance_of(knob)).value_or(true)) {
      verdict_.not_in_force.push_back(
          fmt::format("asked {}={}, in force {}", knob.id, asked.text(), in_force.text()));
    }
  }

  void compare_with_baseline(const pipeline::EffectiveValue& told, double tolerance) {
    const pipeline::EffectiveValue* const before = find_told(baseline_, told.knob);
    if (before == nullptr || space_.is_baseline(asked_)) return;
    const ValueInForce was(*before);
    const ValueInForce is(told);
    // A word in place of a number is a change too.
    if (was.matches(is, tolerance).value_or(false)) return;
    verdict_.also_moved.push_back(
        fmt::format("{} also turned {} from {} to {}", active_, told.knob, was.text(), is.text()));
  }

  const knobs::Space& space_;
  const knobs::Configuration& asked_;
  Told in_force_;
  Told baseline_;
  std::string active_;
  EffectVerdict verdict_;
};

}  // namespace

std::string EffectVerdict::sentence() const {
  std::vector<std::string> parts = not_in_force;
  parts.insert(parts.end(), also_moved.begin(), also_moved.end());
  return fmt::format("{}", fmt::join(parts, "; "));
}

EffectVerdict prove_effect(const knobs::Space& space, const knobs::Configuration& asked,
                           std::span<const pipeline::EffectiveValue> in_force,
                           std::span<const pipeline::EffectiveValue> baseline) {
  return Comparison(space, asked, in_force, baseline).verdict();
}

}  // namespace turngreen::explore
