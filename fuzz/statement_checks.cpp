#include "statement_checks.h"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <vector>

#include "require.h"

namespace turngreen::energy {
namespace {

using fuzz::require;
using units::Duration;
using units::Energy;

// Energy holds whole microjoules exactly up to here; hostile recordings go further.
constexpr std::int64_t kExact = 1'000'000'000'000'000;

std::int64_t microjoules(const DomainEnergy& energy) {
  return energy.energy ? energy.energy->value.in_microjoules() : 0;
}

bool exact(std::int64_t microjoules) { return std::abs(microjoules) < kExact; }

/// Bounds are sums of doubles: what adds up to the same may differ in the last digits.
bool at_most(Energy low, Energy high) {
  constexpr double kRounding = 1e-9;
  constexpr double kMicrojoules = 3e-6;
  return low.in_joules() <= high.in_joules() * (1 + kRounding) + kMicrojoules;
}

void check_energy(const DomainEnergy& energy) {
  require(energy.unmeasured >= Duration{}, "unmeasured time is not negative");
  if (!energy.energy) return;
  const auto& [value, low, high] = *energy.energy;
  require(std::isfinite(low.in_joules()) && std::isfinite(high.in_joules()) &&
              std::isfinite(value.in_joules()),
          "an energy is a number");
  require(low >= Energy{} && low <= value && value <= high, "an energy lies within its bounds");
}

void check_total(const Statement& statement, const std::vector<DomainEnergy>& domains,
                 const DomainEnergy& total) {
  check_energy(total);
  std::int64_t sum = 0;
  bool any = false;
  for (std::size_t d = 0; d < domains.size(); ++d) {
    if (!statement.domains[d].counted() || !domains[d].energy) continue;
    any = true;
    if (!exact(microjoules(domains[d]))) return;
    sum += microjoules(domains[d]);
  }
  require(total.energy.has_value() == any, "a total is there where any of its domains is");
  require(!exact(sum) || microjoules(total) == sum, "a total is the sum of its counted domains");
}

void check_stage(const Statement& statement, const StageEnergy& stage) {
  require(stage.domains.size() == statement.domains.size() &&
              stage.own.size() == statement.domains.size(),
          "a stage tells each domain");
  require(stage.time >= Duration{}, "a stage does not take negative time");
  for (std::size_t d = 0; d < stage.domains.size(); ++d) {
    check_energy(stage.domains[d]);
    check_energy(stage.own[d]);
    if (stage.domains[d].energy && stage.own[d].energy) {
      require(at_most(stage.own[d].energy->low, stage.domains[d].energy->high),
              "a stage has at most what its own spans have at least");
    }
  }
  check_total(statement, stage.domains, stage.total);
}

/// Per stage and last for the measurement as a whole: what is below it, and its own.
std::vector<std::vector<std::int64_t>> parts_of(const Statement& statement) {
  const std::size_t stages = statement.stages.size();
  std::vector<std::vector<std::int64_t>> parts(stages + 1,
                                               std::vector<std::int64_t>(statement.domains.size()));
  for (std::size_t s = 0; s < stages; ++s) {
    const StageEnergy& stage = statement.stages[s];
    require(!stage.parent || *stage.parent < s, "parents come before their children");
    for (std::size_t d = 0; d < statement.domains.size(); ++d) {
      parts[s][d] += microjoules(stage.own[d]);
      parts[stage.parent.value_or(stages)][d] += microjoules(stage.domains[d]);
    }
  }
  return parts;
}

}  // namespace

void check_statement(const Statement& statement) {
  require(statement.end >= statement.start, "time runs forward");
  require(statement.domain_totals.size() == statement.domains.size(), "each domain has a total");
  for (const DomainEnergy& total : statement.domain_totals) {
    check_energy(total);
    require(total.unmeasured <= statement.time(), "unmeasured time lies within the measurement");
  }
  check_total(statement, statement.domain_totals, statement.total);
  require(std::isfinite(statement.estimated.in_joules()) && statement.estimated >= Energy{},
          "the estimated part is a number");
  require(!statement.total.energy || at_most(statement.estimated, statement.total.energy->value),
          "the estimated part is within the total");

  const OutsideStages& outside = statement.outside;
  require(outside.domains.size() == statement.domains.size(), "each domain has an outside");
  require(outside.time >= Duration{} && outside.time <= statement.time(),
          "the time outside lies within the measurement");
  for (const DomainEnergy& energy : outside.domains) check_energy(energy);
  check_total(statement, outside.domains, outside.total);

  for (const StageEnergy& stage : statement.stages) check_stage(statement, stage);
  const auto parts = parts_of(statement);
  for (std::size_t d = 0; d < statement.domains.size(); ++d) {
    const std::int64_t total = microjoules(statement.domain_totals[d]);
    if (!exact(total)) continue;
    require(parts.back()[d] + microjoules(statement.outside.domains[d]) == total,
            "the stages and what lies outside are the total, to the microjoule");
    for (std::size_t s = 0; s < statement.stages.size(); ++s) {
      require(parts[s][d] == microjoules(statement.stages[s].domains[d]),
              "children and own are the stage, to the microjoule");
    }
  }
  for (const StageEnergy& stage : statement.stages) {
    const auto& around =
        stage.parent ? statement.stages[*stage.parent].domains : statement.domain_totals;
    for (std::size_t d = 0; d < statement.domains.size(); ++d) {
      if (!stage.domains[d].energy || !around[d].energy) continue;
      require(at_most(stage.domains[d].energy->low, around[d].energy->high),
              "what is around a stage has at most what the stage has at least");
    }
  }
}

void check_same(const Statement& a, const Statement& b) {
  require(a.start == b.start && a.end == b.end, "the same window");
  require(a.domains == b.domains && a.domain_totals == b.domain_totals, "the same domains");
  require(a.total == b.total && a.estimated == b.estimated, "the same total");
  require(a.outside.time == b.outside.time && a.outside.domains == b.outside.domains &&
              a.outside.total == b.outside.total,
          "the same outside");
  require(a.stages.size() == b.stages.size(), "as many stages");
  for (std::size_t s = 0; s < a.stages.size(); ++s) {
    const StageEnergy& one = a.stages[s];
    const StageEnergy& other = b.stages[s];
    require(one.name == other.name && one.parent == other.parent && one.count == other.count &&
                one.time == other.time && one.open_at_end == other.open_at_end,
            "the same stage");
    require(one.domains == other.domains && one.own == other.own && one.total == other.total,
            "the same energy of a stage");
  }
  require(a.faults.size() == b.faults.size(), "as many faults");
  for (std::size_t f = 0; f < a.faults.size(); ++f) {
    const Fault& one = a.faults[f];
    const Fault& other = b.faults[f];
    require(one.kind == other.kind && one.subject == other.subject && one.count == other.count &&
                one.first == other.first && one.last == other.last &&
                one.duration == other.duration && one.detail == other.detail,
            "the same fault");
  }
  require(a.sampling.samples == b.sampling.samples && a.sampling.period == b.sampling.period &&
              a.sampling.longest_gap == b.sampling.longest_gap &&
              a.sampling.sampling_time == b.sampling.sampling_time,
          "the same sampling");
}

void check_later(const Statement& earlier, const Statement& later) {
  require(earlier.end <= later.end, "what is settled stays settled");
  for (std::size_t d = 0; d < earlier.domain_totals.size(); ++d) {
    require(microjoules(earlier.domain_totals[d]) <= microjoules(later.domain_totals[d]),
            "a total does not go back");
  }
  require(earlier.stages.size() <= later.stages.size(), "a stage does not go away");
}

}  // namespace turngreen::energy
