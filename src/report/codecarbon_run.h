#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "codecarbon_rows.h"
#include "turngreen/pipeline/measurement.h"

namespace turngreen::report {

/// One run that CodeCarbon watched: one run_id in one folder.
struct CodeCarbonRun {
  std::filesystem::path folder;      ///< that its files lie in
  std::vector<std::string> place;    ///< the folder's names below what the user named
  std::string run_id;                ///< empty: an old version that had none
  std::vector<CodeCarbonRow> tasks;  ///< in the order of the file; each name once, none nested
  /// The run's own row. Its energy is the whole run's; its duration, where there are tasks, only
  /// the last task's.
  std::optional<CodeCarbonRow> whole;
  std::vector<pipeline::Metric> metrics;
  std::vector<std::string> notes;  ///< what was odd in its files, a sentence each

  /// Any of its rows, for what all of them tell. It has one.
  const CodeCarbonRow& some_row() const { return tasks.empty() ? *whole : tasks.front(); }
  units::Energy energy() const;  ///< of its tasks, where it has any
  units::Duration duration() const;
};

}  // namespace turngreen::report
