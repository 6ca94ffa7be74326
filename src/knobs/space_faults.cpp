#include "turngreen/knobs/space_faults.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <string_view>

#include "turngreen/units/nearest_word.h"
#include "turngreen/units/text.h"
#include "value_list.h"

namespace turngreen::knobs {
namespace {

using Part = SpaceFault::Part;
using units::in_quotes;

constexpr std::size_t kLongestId = 64;

bool well_formed(std::string_view id) {
  const auto letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  };
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  return !id.empty() && id.size() <= kLongestId && letter(id.front()) &&
         std::all_of(id.begin(), id.end(), [&](char c) { return letter(c) || digit(c); });
}

std::string did_you_mean(std::string_view found, std::span<const std::string> words) {
  const auto nearest = units::nearest_word(found, words);
  return nearest ? fmt::format("; did you mean {}?", *nearest) : std::string();
}

class Inspection {
 public:
  Inspection(std::span<const Knob> knobs, std::span<const std::vector<Condition>> forbidden)
      : knobs_(knobs), forbidden_(forbidden) {
    for (std::size_t i = 0; i < knobs.size(); ++i) {
      if (by_id_.emplace(knobs[i].id, i).second) ids_.push_back(knobs[i].id);
    }
  }

  std::vector<SpaceFault> all() {
    if (knobs_.size() > kMaxKnobs) {
      add(Part::id, kMaxKnobs, 0,
          fmt::format("there are {} knobs; at most {} can be explored together", knobs_.size(),
                      kMaxKnobs));
      return std::move(faults_);
    }
    for (std::size_t i = 0; i < knobs_.size(); ++i) inspect_knob(i);
    for (std::size_t i = 0; i < forbidden_.size(); ++i) inspect_forbidden(i);
    return std::move(faults_);
  }

 private:
  void add(Part part, std::size_t index, std::size_t entry, std::string message) {
    faults_.push_back({part, index, entry, std::move(message)});
  }

  void inspect_knob(std::size_t index) {
    const Knob& knob = knobs_[index];
    if (!well_formed(knob.id)) {
      add(Part::id, index, 0,
          fmt::format(
              "{} is no name for a knob; write a letter or underscore, then letters, digits "
              "and underscores, {} at most",
              in_quotes(knob.id), kLongestId));
    } else if (by_id_.at(knob.id) != index) {
      add(Part::id, index, 0, fmt::format("there are two knobs {}; name them apart", knob.id));
    }
    inspect_values(index);
    inspect_expectations(index);
    inspect_conditions(index, Part::needs, knob.needs);
    inspect_conditions(index, Part::excludes, knob.excludes);
  }

  void inspect_values(std::size_t index) {
    const Knob& knob = knobs_[index];
    if (knob.values.empty() || knob.values.size() > kMaxValues) {
      add(Part::values, index, 0,
          fmt::format("knob {} has {} values; it may have 1 to {}", knob.id, knob.values.size(),
                      kMaxValues));
      return;
    }
    for (std::size_t i = 0; i < knob.values.size(); ++i) {
      const auto end = knob.values.begin() + static_cast<std::ptrdiff_t>(i);
      if (std::find(knob.values.begin(), end, knob.values[i]) != end) {
        add(Part::values, index, i,
            fmt::format("knob {} has the value {} twice", knob.id,
                        in_quotes(knob.values[i].text())));
      }
    }
    if (knob.off >= knob.values.size()) {
      add(Part::off, index, 0,
          fmt::format("knob {} is off at its value number {}, and has {}", knob.id, knob.off + 1,
                      knob.values.size()));
    }
  }

  void inspect_expectations(std::size_t index) {
    const Knob& knob = knobs_[index];
    if (!knob.expected.empty() && knob.expected.size() != knob.values.size()) {
      add(Part::expected, index, 0,
          fmt::format("knob {} has {} expectations for {} values", knob.id, knob.expected.size(),
                      knob.values.size()));
      return;
    }
    for (std::size_t i = 0; i < knob.expected.size(); ++i) {
      if (!knob.expected[i]) continue;
      const auto& [factor, spread] = *knob.expected[i];
      if (!std::isfinite(factor) || factor <= 0 || !std::isfinite(spread) || spread <= 0) {
        add(Part::expected, index, i,
            fmt::format("knob {} at {}: the expected factor is {} with a spread of {}; both must "
                        "be above 0",
                        knob.id, in_quotes(knob.values[i].text()), factor, spread));
      }
    }
  }

  void inspect_conditions(std::size_t index, Part part, const std::vector<Condition>& conditions) {
    const Knob& knob = knobs_[index];
    for (std::size_t i = 0; i < conditions.size(); ++i) {
      const std::string where =
          fmt::format("knob {} {}", knob.id, part == Part::needs ? "requires" : "excludes");
      if (conditions[i].knob == knob.id) {
        add(part, index, i, fmt::format("{} a value of itself", where));
      } else {
        inspect_condition(part, index, i, conditions[i], where);
      }
    }
  }

  void inspect_forbidden(std::size_t index) {
    const auto& conditions = forbidden_[index];
    if (conditions.empty()) {
      add(Part::forbidden, index, 0, "a forbidden combination names no knob");
      return;
    }
    bool holds_at_baseline = true;
    for (std::size_t i = 0; i < conditions.size(); ++i) {
      holds_at_baseline = inspect_condition(Part::forbidden, index, i, conditions[i],
                                            "the forbidden combination has") &&
                          off_is_among(conditions[i]) && holds_at_baseline;
    }
    if (holds_at_baseline) {
      add(Part::forbidden, index, 0,
          "the forbidden combination holds with all knobs off; the baseline must be allowed");
    }
  }

  /// Whether there is such a knob and all the values are its own.
  bool inspect_condition(Part part, std::size_t index, std::size_t entry,
                         const Condition& condition, std::string_view where) {
    const auto found = by_id_.find(condition.knob);
    if (found == by_id_.end()) {
      add(part, index, entry,
          fmt::format("{} the knob {}, which is not there{}", where, in_quotes(condition.knob),
                      did_you_mean(condition.knob, ids_)));
      return false;
    }
    if (condition.values.empty()) {
      add(part, index, entry, fmt::format("{} no value of {}", where, condition.knob));
      return false;
    }
    const auto& values = knobs_[found->second].values;
    bool known = true;
    for (const Value& value : condition.values) {
      if (std::find(values.begin(), values.end(), value) != values.end()) continue;
      known = false;
      add(part, index, entry,
          fmt::format("{} {}={}; {} may be {}{}", where, condition.knob, in_quotes(value.text()),
                      condition.knob, list_of(values),
                      value.number() ? "" : did_you_mean(value.text(), texts_of(values))));
    }
    return known;
  }

  bool off_is_among(const Condition& condition) const {
    const Knob& knob = knobs_[by_id_.at(condition.knob)];
    return knob.off < knob.values.size() &&
           std::find(condition.values.begin(), condition.values.end(), knob.values[knob.off]) !=
               condition.values.end();
  }

  std::span<const Knob> knobs_;
  std::span<const std::vector<Condition>> forbidden_;
  std::map<std::string, std::size_t, std::less<>> by_id_;
  std::vector<std::string> ids_;
  std::vector<SpaceFault> faults_;
};

}  // namespace

std::vector<SpaceFault> space_faults(std::span<const Knob> knobs,
                                     std::span<const std::vector<Condition>> forbidden) {
  return Inspection(knobs, forbidden).all();
}

}  // namespace turngreen::knobs
