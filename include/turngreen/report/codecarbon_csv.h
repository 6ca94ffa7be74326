#pragma once

#include <filesystem>
#include <string>

#include "turngreen/pipeline/measurement.h"
#include "turngreen/units/result.h"

namespace turngreen::report {

/// What a CodeCarbon file holds beside the measurement.
struct CodeCarbonContext {
  std::string run_id;  ///< a UUID, one for each run
  std::string project_name = "turngreen";
  std::string country_name{};      ///< of the carbon intensity; empty: none was named
  std::string country_iso_code{};  ///< ISO 3166-1 alpha-3, as CodeCarbon writes it
};

/// A new random UUID (version 4).
std::string new_run_id();

/// Appends the run to a file in CodeCarbon 3.3.0's run layout (38 columns), and writes the stages,
/// where there are any, in its task layout (36 columns) to emissions_base_<run id>.csv beside it.
/// `place` is the run file, named
/// *.csv, or a directory, which gets emissions.csv. What was not measured is an empty field.
/// Several processes may append at a time; a row is written wholly or not at all.
Result<void> append_codecarbon(const std::filesystem::path& place,
                               const pipeline::Measurement& measurement,
                               const CodeCarbonContext& context);

/// Whether append_codecarbon is going to work there: the place is writable, and a file that is
/// there already has the run layout. Leaves nothing behind.
Result<void> check_codecarbon(const std::filesystem::path& place);

}  // namespace turngreen::report
