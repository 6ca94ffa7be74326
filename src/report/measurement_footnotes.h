#pragma once

#include <string>

#include "turngreen/report/measurement_table.h"

namespace turngreen::report {

/// The lines under the table: what estimates mean, what was not measured, what follows from the
/// total, what the program reported, faults, and how well the meter did.
std::string measurement_footnotes(const pipeline::Measurement& measurement,
                                  const TableStyle& style);

}  // namespace turngreen::report
