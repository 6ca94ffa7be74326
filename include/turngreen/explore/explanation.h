#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "turngreen/explore/extrapolation.h"
#include "turngreen/knobs/space.h"
#include "turngreen/study/study_file.h"
#include "turngreen/study/trial.h"
#include "turngreen/units/bounded.h"

namespace turngreen::explore {

/// What the study can say of an interaction.
enum class Verdict {
  synergy,              ///< together they save more than each alone would suggest
  antagonism,           ///< together they save less
  independent,          ///< the factor lies within kIndependent of 1 for certain
  not_distinguishable,  ///< the trials so far do not tell
};
std::string_view to_string(Verdict verdict);

/// Factors this near to 1 count as independent.
inline constexpr double kIndependent = 0.05;

/// A value of a knob against the knob being off, all others being off.
struct KnobEffect {
  std::size_t knob = 0;
  knobs::Level level = 0;
  units::Bounded<double> factor;  ///< on the objective; 95 % interval; 0.8 saves 20 %
  std::optional<units::Bounded<double>> quality_change;  ///< in the metric's unit; below 0 is worse
                                                         ///< where higher is better
  bool tried = false;                                    ///< a completed trial had it
};

/// Two values together: the factor by which the objective differs from the product of their own.
struct PairEffect {
  std::size_t first = 0, second = 0;  ///< knobs
  knobs::Level first_level = 0, second_level = 0;
  units::Bounded<double> factor;  ///< 95 % interval; below 1: together they save more
  Verdict verdict = Verdict::not_distinguishable;
};

/// What a study learned of its knobs.
struct Explanation {
  std::vector<KnobEffect> knobs;  ///< every value of every knob that is not its off
  std::vector<PairEffect> pairs;  ///< those that a completed trial had together
  /// Leave-one-out check of the cascade model: how many of the runs' energies lay in the 95 %
  /// interval that the other runs predicted. It should be about 95 %.
  std::size_t predicted = 0, inside = 0;
  /// How well partial runs foretold full ones; left to whoever asks for it (check_extrapolation).
  Extrapolation extrapolation = {};
};

/// `stage`: explain the energy of that stage alone; empty: the whole.
Explanation explain(const study::StudyFile& study, std::span<const double> fidelities,
                    const std::vector<study::Trial>& trials, std::string_view stage = {});

}  // namespace turngreen::explore
