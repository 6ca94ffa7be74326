#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "codecarbon_run.h"
#include "turngreen/units/result.h"

namespace turngreen::report {

/// What folders of CodeCarbon files hold.
struct CodeCarbonFolders {
  std::vector<CodeCarbonRun> runs;  ///< in the order of their folders' names
  std::size_t codecarbon_files = 0;
  std::size_t metric_files = 0;
  std::size_t other_files = 0;     ///< .csv and .json files that are neither
  std::vector<std::string> notes;  ///< what belongs to no run, a sentence each
};

/// Finds the runs in folders and below, or in files that are named themselves, with the metrics
/// that lie beside them. Where several are named, places begin below what they have in common.
/// Error: one of them is not there; there are more than 100,000 runs, or none.
Result<CodeCarbonFolders> read_codecarbon_folders(std::span<const std::filesystem::path> folders,
                                                  std::span<const std::string> exclude);

}  // namespace turngreen::report
