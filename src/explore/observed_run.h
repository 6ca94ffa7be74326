#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "turngreen/knobs/space.h"
#include "turngreen/study/study_file.h"
#include "turngreen/study/trial.h"

namespace turngreen::explore {

/// A trial as the models see it.
struct ObservedRun {
  const study::Trial* trial = nullptr;  ///< finished; borrowed
  std::size_t fidelity = 0;  ///< 0: the full job; else 1 + index into the fidelities below 1
  bool completed = false;    ///< its energy and metrics may be believed
  /// Why a completed run is not a result to build on: degenerate predictions, a knob that did not
  /// take effect. Empty: nothing is wrong with it, or degenerate predictions of so small a share of
  /// the job that the baseline's are too.
  std::string rejected;
  /// What a run that was stopped would have come to, by its learning curve.
  std::optional<double> foretold_quality = {};
};

/// Index of a fidelity as ObservedRun and Observation number it.
std::size_t fidelity_index(double fidelity, std::span<const double> fidelities);

/// The finished trials, with what the guard and the proof of effect noted with them. Without those
/// on the test rows: nothing is learnt from them.
std::vector<ObservedRun> observed_runs(const study::StudyFile& study,
                                       std::span<const double> fidelities,
                                       const std::vector<study::Trial>& trials);

}  // namespace turngreen::explore
