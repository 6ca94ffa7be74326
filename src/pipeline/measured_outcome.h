#pragma once

#include "turngreen/pipeline/measurement.h"
#include "turngreen/pipeline/outcome.h"

namespace turngreen::pipeline {

/// The part of a measurement that a study keeps: stages, energy, metrics, effective values, faults.
/// The ending is left to the caller.
Outcome measured_outcome(const Measurement& measurement);

}  // namespace turngreen::pipeline
