#pragma once

#include <span>
#include <string>
#include <string_view>

#include "turngreen/pipeline/measurement.h"

namespace turngreen::report {

inline constexpr std::string_view kMeasurementSchema = "turngreen.measurement/1";
inline constexpr std::string_view kMeasurementsSchema = "turngreen.measurements/1";

/// One run as a JSON document (docs/schema/measurement.schema.json), newline at the end. Energies
/// are whole microjoules written in joules, so that their sums can be checked in decimal. What was
/// not measured is null. Bytes that are not UTF-8 become U+FFFD.
std::string measurement_json(const pipeline::Measurement& measurement);

/// Several runs of one command and what they say together (docs/schema/measurements.schema.json).
std::string measurements_json(std::span<const pipeline::Measurement> runs);

}  // namespace turngreen::report
