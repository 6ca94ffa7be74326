#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sqlite_connection.h"
#include "turngreen/study/store.h"

namespace turngreen::study {

// The tables "study" and "knob". All throw SqliteFailure.

std::vector<StudySummary> read_summaries(SqliteConnection& connection);
std::vector<std::string> read_study_names(SqliteConnection& connection);
bool study_exists(SqliteConnection& connection, std::int64_t study);
/// Absent: there is none of that name. Error: what stands there cannot be understood.
Result<std::optional<StudyRecord>> read_study(SqliteConnection& connection, std::string_view name);

/// Adds the study as it is; returns its id.
std::int64_t insert_study(SqliteConnection& connection, const StudyRecord& study);
/// Writes the file and the values of a study that is there.
void update_study(SqliteConnection& connection, const StudyRecord& study);
/// With its trials. False: there is none of that name.
bool delete_study_row(SqliteConnection& connection, std::string_view name);

}  // namespace turngreen::study
