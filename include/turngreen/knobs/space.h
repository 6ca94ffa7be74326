#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "turngreen/knobs/configuration.h"
#include "turngreen/knobs/knob.h"
#include "turngreen/units/result.h"

namespace turngreen::knobs {

/// Values by knob id; knobs that are not named are off.
using Settings = std::vector<std::pair<std::string, Value>>;

/// The knobs of a study and which of their combinations are allowed. A knob whose `needs` do not
/// hold must be off: that is how conditional knobs are told, and why no two allowed configurations
/// mean the same.
class Space {
 public:
  /// Combinations that are forbidden: those in which all conditions of one entry hold.
  using Forbidden = std::vector<std::vector<Condition>>;

  Space() = default;  ///< no knobs: the baseline is the only configuration
  /// The error holds one line for each fault: names that are doubled or not well formed, conditions
  /// on unknown knobs or values (with the nearest right word), conditions that forbid the baseline.
  static Result<Space> build(std::vector<Knob> knobs, Forbidden forbidden = {});

  std::span<const Knob> knobs() const { return knobs_; }
  std::span<const std::vector<Condition>> forbidden() const { return forbidden_; }
  std::optional<std::size_t> find(std::string_view id) const;

  Configuration baseline() const;
  bool is_baseline(const Configuration& configuration) const;
  bool allows(const Configuration& configuration) const;
  /// Why it is not allowed, in one sentence; absent: it is.
  std::optional<std::string> objection(const Configuration& configuration) const;

  /// Product of the numbers of values, constraints left out; saturates.
  std::uint64_t combinations() const;
  /// All allowed configurations in lexicographic order of their levels, the baseline among them;
  /// absent: there are more than `limit`, or so many dead ends that finding out would take seconds.
  std::optional<std::vector<Configuration>> enumerate(std::size_t limit) const;

  const Value& value(const Configuration& configuration, std::size_t knob) const {
    return knobs_[knob].values[configuration.levels[knob]];
  }
  /// Error: an unknown knob, a value that the knob does not have, a combination not allowed.
  Result<Configuration> configuration(const Settings& settings) const;
  /// A value for every knob, in order.
  Settings settings(const Configuration& configuration) const;
  /// "precision=bf16, max_length=512": the knobs that are not off; "baseline" if all are.
  std::string describe(const Configuration& configuration) const;

 private:
  /// A bit for every level for which the condition holds.
  struct Test {
    std::size_t knob = 0;
    std::uint64_t levels = 0;
    bool holds(const Configuration& c) const { return (levels >> c.levels[knob] & 1) != 0; }
  };
  struct Rules {
    std::vector<Test> needs, excludes;
  };

  std::vector<Knob> knobs_;
  Forbidden forbidden_;
  std::vector<Rules> rules_;  ///< one for each knob
  std::vector<std::vector<Test>> forbidden_tests_;
};

}  // namespace turngreen::knobs
