#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "turngreen/study/study_file.h"
#include "turngreen/study/trial.h"

namespace turngreen::explore {

/// How far off full runs were foretold.
struct ForetoldErrors {
  std::size_t runs = 0;    ///< that were foretold; 1 or more
  std::size_t inside = 0;  ///< those within the 95 % interval that was foretold
  double median = 0;       ///< of the errors, without their sign
  double worst = 0;
};

/// What the models foretold of full runs, against what came.
struct Extrapolation {
  std::optional<ForetoldErrors> energy;   ///< errors as a share of what it took
  std::optional<ForetoldErrors> quality;  ///< errors in the metric's unit
};

/// For each configuration that ran partly first and then in full: the first full run as the models
/// foretold it from the trials that had finished before, against the run itself. Of more than 32
/// the last are taken. Absent: there is none. `trials` in the order in which they finished.
Extrapolation check_extrapolation(const study::StudyFile& study, std::span<const double> fidelities,
                                  const std::vector<study::Trial>& trials);

}  // namespace turngreen::explore
