#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "turngreen/pipeline/measurement.h"
#include "turngreen/units/result.h"

namespace turngreen::pipeline {

inline constexpr std::uint64_t kLargestMetricsFile = 1'000'000;  ///< bytes

/// The numbers of a JSON object, in the order of the text; those of objects within it are named
/// "outer.inner". Texts, truth values, null and lists are passed over. Error: not JSON; a number
/// that is not finite (NaN, Infinity, 1e999), with its name; a name that occurs twice or is longer
/// than 256 bytes; more than 1,000 numbers; deeper than 8. Hostile input is expected.
Result<std::vector<Metric>> parse_metrics(std::string_view json);

}  // namespace turngreen::pipeline
