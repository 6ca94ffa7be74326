#pragma once

#include <span>
#include <string>
#include <vector>

#include "turngreen/report/measurement_table.h"
#include "turngreen/study/store.h"

namespace turngreen::report {

/// The studies of a store for people: name, trials, joules spent, when it was begun.
std::string studies_table(std::span<const study::StudySummary> studies, const TableStyle& style);

/// The same as JSON, newline at the end: {"studies": [{"name", "seed", "created_unix_ns",
/// "finished", "running", "spent_j"}]}.
std::string studies_json(std::span<const study::StudySummary> studies);

/// A study and its trials for people, finished ones in the order they finished. Columns that do not
/// fit are left out, least needed first. A '~' stands before joules of which some are estimated;
/// what was not measured is "-".
std::string study_table(const study::StudyRecord& study, std::span<const study::Trial> trials,
                        const TableStyle& style);

}  // namespace turngreen::report
