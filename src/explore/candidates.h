#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "turngreen/knobs/space.h"

namespace turngreen::explore {

/// The value of each configuration, larger is better.
using Valuation = std::function<std::vector<double>(std::span<const knobs::Configuration>)>;

/// The configurations that a suggestion is looked for among: all of them where there are at most
/// kMostEnumerated, else what a local search from several starts comes by. Borrows the space.
class Candidates {
 public:
  static constexpr std::size_t kMostEnumerated = 100'000;

  /// `possible`: whether the pipeline can do a configuration at all, as far as it knows.
  Candidates(const knobs::Space& space, std::function<bool(const knobs::Configuration&)> possible);

  bool enumerated() const { return !all_.empty(); }
  /// Every allowed configuration, if enumerated.
  std::span<const knobs::Configuration> all() const { return all_; }
  /// Those worth looking at under a valuation: all, or the ones that hill climbing by single knobs
  /// visits from `starts`, from chance ones and from their best. Deterministic by seed.
  std::vector<knobs::Configuration> worth_a_look(const Valuation& value,
                                                 std::span<const knobs::Configuration> starts,
                                                 std::uint64_t seed) const;

 private:
  const knobs::Space& space_;
  std::function<bool(const knobs::Configuration&)> possible_;
  std::vector<knobs::Configuration> all_;
};

}  // namespace turngreen::explore
