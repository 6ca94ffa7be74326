#pragma once

#include <span>
#include <string>

#include "turngreen/report/measurement_table.h"

namespace turngreen::report {

/// Several runs of one command for people: each run, then per stage the mean, its 95 % interval and
/// the coefficient of variation. At least one run.
std::string repeat_table(std::span<const pipeline::Measurement> runs, const TableStyle& style);

}  // namespace turngreen::report
