#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "turngreen/units/carbon.h"
#include "turngreen/units/duration.h"
#include "turngreen/units/energy.h"
#include "turngreen/units/result.h"

namespace turngreen::report {

/// One row of a CodeCarbon file: a run, or one task of a run. Energies as CodeCarbon has them, its
/// PUE multiplied in.
struct CodeCarbonRow {
  std::size_t line = 0;
  std::string task;  ///< empty: the row is of a run
  std::string project;
  std::string run_id;  ///< empty: an old version that had none
  units::Duration duration;
  units::Energy energy;
  std::optional<units::Energy> cpu, gpu, ram;  ///< absent: no such column, or an empty cell
  std::optional<units::Carbon> emissions;
  /// When it ended, with the local time of the file taken as UTC, for it names no zone.
  std::optional<std::int64_t> ended_unix_ns;
  std::string version;        ///< of CodeCarbon; empty: not told, as all texts
  std::string tracking_mode;  ///< "machine" or "process"
  std::string country, country_code, region;
  std::string os, cpu_model, gpu_model, python_version;
  std::optional<double> pue;
};

/// Something odd in a file, and what was done about it.
struct FileNote {
  std::size_t line = 0;  ///< from 1; 0: the whole file
  std::string text;
};

struct CodeCarbonRows {
  bool tasks = false;  ///< a task file
  std::vector<CodeCarbonRow> rows;
  std::vector<FileNote> notes;  ///< the first hundred; the last one says how many more there are
};

/// Whether a file that begins so is one of CodeCarbon's: by its columns.
bool is_codecarbon(std::string_view beginning);

/// Reads a run file or a task file of whatever version, by the names of its columns. Rows shifted
/// left are put right where that is certain. A row is left out, with a note, where its duration or
/// its energy is missing, no number, not finite or below zero. Error: it is no CodeCarbon file.
/// Hostile input is expected.
Result<CodeCarbonRows> parse_codecarbon(std::string_view csv);

}  // namespace turngreen::report
