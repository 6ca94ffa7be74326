#include "sqlite_connection.h"

#include <sqlite3.h>

#include <algorithm>
#include <limits>

#include "sqlite_statement.h"

namespace turngreen::study {

void SqliteConnection::Close::operator()(sqlite3* database) const { sqlite3_close_v2(database); }

SqliteConnection::SqliteConnection(const std::filesystem::path& file, units::Duration patience) {
  sqlite3* database = nullptr;
  const int code =
      sqlite3_open_v2(file.c_str(), &database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
  database_.reset(database);  // to be closed even where opening failed
  if (code != SQLITE_OK) throw SqliteFailure(code, database);
  const auto milliseconds = std::clamp(patience.in_milliseconds(), 0.0,
                                       static_cast<double>(std::numeric_limits<int>::max()));
  sqlite3_busy_timeout(database, static_cast<int>(milliseconds));
}

void SqliteConnection::execute(const std::string& sql) {
  const int code = sqlite3_exec(handle(), sql.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) throw SqliteFailure(code, handle());
}

std::int64_t SqliteConnection::number(const std::string& sql) {
  SqliteStatement statement(*this, sql);
  return statement.step() ? statement.integer(0) : 0;
}

std::string SqliteConnection::text(const std::string& sql) {
  SqliteStatement statement(*this, sql);
  return std::string(statement.step() ? statement.text(0) : std::string_view());
}

bool SqliteConnection::read_only() const { return sqlite3_db_readonly(handle(), "main") == 1; }

std::int64_t SqliteConnection::last_row_id() const { return sqlite3_last_insert_rowid(handle()); }

std::int64_t SqliteConnection::rows_changed() const { return sqlite3_changes64(handle()); }

SqliteTransaction::SqliteTransaction(SqliteConnection& connection) : connection_(connection) {
  connection_.execute("BEGIN IMMEDIATE");
}

SqliteTransaction::~SqliteTransaction() {
  // SQLite itself has undone it after some errors (disk full), and then is out of it.
  if (sqlite3_get_autocommit(connection_.handle()) == 0) {
    sqlite3_exec(connection_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
  }
}

void SqliteTransaction::commit() { connection_.execute("COMMIT"); }

}  // namespace turngreen::study
