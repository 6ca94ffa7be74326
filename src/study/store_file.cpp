#include "store_file.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <chrono>
#include <thread>

#include "store_schema.h"

namespace turngreen::study {
namespace {

/// SQLite does not wait for others where the change of mode needs the file for itself.
void use_write_ahead_log(SqliteConnection& connection) {
  using Clock = std::chrono::steady_clock;
  const auto deadline = Clock::now() + std::chrono::nanoseconds(store_patience().in_nanoseconds());
  while (connection.text("PRAGMA journal_mode") != "wal") {
    try {
      connection.execute("PRAGMA journal_mode = WAL");
    } catch (const SqliteFailure& failure) {
      if (failure.code() != SQLITE_BUSY || Clock::now() > deadline) throw;
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
  }
}

}  // namespace

units::Duration store_patience() { return units::seconds(60); }

Result<SqliteConnection> open_store_file(const std::filesystem::path& file,
                                         const FileSystem& file_system) {
  if (auto local = check_locks_hold(file, file_system); !local) {
    return tl::unexpected(local.error());
  }
  SqliteConnection connection(file, store_patience());
  connection.execute("PRAGMA trusted_schema = OFF; PRAGMA foreign_keys = ON");
  // Reading first: the right message for what is no database goes before that for a file that may
  // not be written.
  connection.number("SELECT count(*) FROM sqlite_schema");
  if (connection.read_only()) throw SqliteFailure(SQLITE_READONLY, nullptr);
  if (auto ready = bring_up_to_date(connection, file, store_migrations()); !ready) {
    return tl::unexpected(ready.error());
  }
  use_write_ahead_log(connection);
  connection.execute("PRAGMA synchronous = FULL");
  return connection;
}

}  // namespace turngreen::study
