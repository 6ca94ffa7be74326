#pragma once

#include <string>

#include "turngreen/report/codecarbon_csv.h"

namespace turngreen::report {

/// The header line of CodeCarbon 3.3.0's run layout, without its newline.
std::string codecarbon_run_header();
/// One line of that layout, newline included.
std::string codecarbon_run_row(const pipeline::Measurement& measurement,
                               const CodeCarbonContext& context);
/// A whole file of the task layout: header and one line a stage, named by its path
/// ("train/forward"). A stage includes what is nested in it, so only rows without a '/' add up.
std::string codecarbon_task_file(const pipeline::Measurement& measurement,
                                 const CodeCarbonContext& context);

}  // namespace turngreen::report
