#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "codecarbon_run.h"
#include "turngreen/study/trial.h"

namespace turngreen::report {

/// What a run of CodeCarbon's tells of a trial: stages from its tasks, in their order, and the rest
/// of the run's energy, where it is more than a thousandth, as what fell outside them. CodeCarbon
/// tells no uncertainty, so energies are exact; the memory's is a model, so it counts as estimated.
/// Adds to `notes` where the run's total and its tasks disagree.
pipeline::Outcome outcome_of(const CodeCarbonRun& run, std::vector<std::string>& notes);

/// Where and by what it was measured, as far as CodeCarbon says.
study::Provenance provenance_of(const CodeCarbonRun& run);

/// Start and end in nanoseconds since 1970, its local times taken as UTC; 0: not told.
struct RunTimes {
  std::int64_t started = 0;
  std::int64_t ended = 0;
};
RunTimes times_of(const CodeCarbonRun& run);

}  // namespace turngreen::report
