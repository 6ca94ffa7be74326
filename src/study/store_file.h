#pragma once

#include <filesystem>

#include "file_system.h"
#include "sqlite_connection.h"
#include "turngreen/units/result.h"

namespace turngreen::study {

/// How long a worker waits for the others before it calls the store locked. They hold it while they
/// choose a trial, which is short.
units::Duration store_patience();

/// Opens a store's file, made and brought up to date where it must be, as store.h promises.
/// `file_system` is what it lies on. Throws SqliteFailure.
Result<SqliteConnection> open_store_file(const std::filesystem::path& file,
                                         const FileSystem& file_system);

}  // namespace turngreen::study
