#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "sqlite_connection.h"
#include "turngreen/study/trial.h"
#include "turngreen/units/result.h"

namespace turngreen::study {

// The tables "trial" and "provenance". All throw SqliteFailure, and those that write belong into a
// transaction.

/// In the order of Store::trials. Error: what stands there cannot be understood.
Result<std::vector<Trial>> read_trials(SqliteConnection& connection, std::int64_t study);
/// Numbers and workers of the running ones.
std::vector<std::pair<std::int64_t, std::string>> read_running(SqliteConnection& connection,
                                                               std::int64_t study);

/// Adds a running trial under the next number, which it returns.
std::int64_t insert_running(SqliteConnection& connection, std::int64_t study, const Trial& trial);
/// Adds a finished trial under the next number, as the last to finish. Error: it has no outcome.
Result<void> insert_finished(SqliteConnection& connection, std::int64_t study, const Trial& trial);
/// False: it is not running.
bool write_outcome(SqliteConnection& connection, std::int64_t study, const Trial& finished);
/// False: it is not running.
bool delete_running(SqliteConnection& connection, std::int64_t study, std::int64_t number);
/// Provenances that no trial refers to any more.
void delete_unused_provenance(SqliteConnection& connection);

}  // namespace turngreen::study
