#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "turngreen/units/bounded.h"
#include "turngreen/units/duration.h"
#include "turngreen/units/energy.h"
#include "turngreen/units/result.h"

namespace turngreen::explore {

/// What a stage had taken when it had done so many samples, all counted from its beginning.
struct WorkPoint {
  units::Duration time;
  units::Energy energy;
  std::uint64_t samples = 0;
};

/// What one sample costs once a stage runs evenly.
struct SteadyState {
  std::size_t warm_up = 0;  ///< index of the first point that is taken into account
  /// Means with their 95 % confidence intervals. Energy is absent where none was measured.
  std::optional<units::Bounded<units::Energy>> energy_per_sample;
  units::Bounded<units::Duration> time_per_sample;

  /// Whether the interval (of the energy, or of the time where there is no energy) is narrower than
  /// this share of the mean: from low to high, 0.02 for 2 %.
  bool narrower_than(double share) const;
};

inline constexpr std::size_t kFewestWorkPoints = 51;

/// Drops the warm-up by MSER-5 (White, Cobb and Spratt, "A comparison of five steady-state
/// truncation heuristics for simulation", 2000): of all beginnings, in groups of 5 steps, the one
/// whose removal leaves the mean of the rest best known. The interval is that of 10 batch means of
/// the rest (Student's t), which neighbouring points may depend on each other within. Steps without
/// samples are joined with the next. Error: too few points, points that go backwards, a rate that
/// still changes (the best beginning lies in the later half).
Result<SteadyState> steady_state(std::span<const WorkPoint> points);

}  // namespace turngreen::explore
