#pragma once

#include <string>

#include "turngreen/report/measurement_table.h"

namespace turngreen::report {

/// The command, as a table's title.
std::string title_line(const pipeline::Measurement& measurement, const TableStyle& style);

/// A line for each way in which domains were measured, estimated or left without a reading.
std::string found_lines(const pipeline::Measurement& measurement, const TableStyle& style);

/// The title, how the run ended, whose energy it is, and what was found; an empty line at the end.
std::string measurement_heading(const pipeline::Measurement& measurement, const TableStyle& style);

}  // namespace turngreen::report
