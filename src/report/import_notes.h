#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "turngreen/study/trial.h"

namespace turngreen::report {

/// The keys in a trial's provenance that hold what its import noticed: "import_note.1", ...
inline constexpr std::string_view kImportNote = "import_note";

/// Keeps notes with a trial that has none yet: the first twenty, and how many more there were.
void keep_import_notes(study::Trial& trial, const std::vector<std::string>& notes);

}  // namespace turngreen::report
