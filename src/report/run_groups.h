#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "codecarbon_run.h"
#include "turngreen/units/result.h"

namespace turngreen::report {

/// A run as one of a configuration's.
struct GroupedRun {
  const CodeCarbonRun* run = nullptr;
  std::string name;       ///< of the folder below the configuration's, else its run_id
  std::string set_aside;  ///< why it is no trial of the configuration; empty: it is one
};

struct RunGroup {
  std::string name;              ///< of the configuration
  std::vector<GroupedRun> runs;  ///< those that are trials first, then by their names
};

struct RunGroups {
  std::vector<RunGroup> groups;  ///< in the order of their names, numbers by what they are
  std::string by;  ///< what names configurations: "the folders' names", "project_name"
};

/// Which runs are repeats of one configuration: those in one folder, the first on the way down that
/// is not the same for all runs. Where all lie in one folder, those of one project_name; so too
/// where each folder has one run, and project_names alone say which is the baseline. A run is set
/// aside where its folder's name says that it is a dummy, or where it took less than a tenth of its
/// siblings' median energy. `runs` must outlive the result. Error: all are of one configuration.
Result<RunGroups> group_runs(const std::vector<CodeCarbonRun>& runs);

/// Whether `a` comes before `b`: numbers in them count by what they are, case does not count.
bool comes_before(std::string_view a, std::string_view b);

}  // namespace turngreen::report
