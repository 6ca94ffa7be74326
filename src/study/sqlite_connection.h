#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "sqlite_failure.h"
#include "turngreen/units/duration.h"

struct sqlite3;

namespace turngreen::study {

/// An open database file. Functions throw SqliteFailure. For one thread.
class SqliteConnection {
 public:
  /// Makes the file if it is not there. Waits for the locks of others up to `patience`.
  SqliteConnection(const std::filesystem::path& file, units::Duration patience);

  /// One or several statements that give no rows.
  void execute(const std::string& sql);
  /// The whole number that a statement's first row begins with.
  std::int64_t number(const std::string& sql);
  /// The text that it begins with.
  std::string text(const std::string& sql);

  bool read_only() const;
  std::int64_t last_row_id() const;
  /// Rows that the last INSERT, UPDATE or DELETE touched.
  std::int64_t rows_changed() const;
  sqlite3* handle() const { return database_.get(); }

 private:
  struct Close {
    void operator()(sqlite3* database) const;
  };
  std::unique_ptr<sqlite3, Close> database_;
};

/// Holds the write lock from its beginning; undone at the end unless commit() has returned.
class SqliteTransaction {
 public:
  explicit SqliteTransaction(SqliteConnection& connection);
  SqliteTransaction(const SqliteTransaction&) = delete;
  SqliteTransaction& operator=(const SqliteTransaction&) = delete;
  ~SqliteTransaction();

  void commit();

 private:
  SqliteConnection& connection_;
};

}  // namespace turngreen::study
