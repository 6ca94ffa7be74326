#pragma once

#include <string>
#include <string_view>

#include "turngreen/pipeline/measurement.h"
#include "turngreen/units/result.h"

namespace turngreen::report {

/// What a recording of raw readings does not hold itself: everything of a measurement but its
/// energy statement, as JSON that keeps every number bit for bit.
std::string recording_note(const pipeline::Measurement& measurement);

/// The reverse: a measurement whose `energy` is empty. The error names the field that cannot be
/// understood.
Result<pipeline::Measurement> parse_recording_note(std::string_view note);

}  // namespace turngreen::report
