#pragma once

#include <filesystem>
#include <stdexcept>
#include <string>

#include "turngreen/units/result.h"

struct sqlite3;

namespace turngreen::study {

/// What SQLite refused to do. It unwinds to the store's public functions, which turn it into an
/// Error; nobody outside sees it.
class SqliteFailure : public std::runtime_error {
 public:
  /// `database` may be null, where there is none yet.
  SqliteFailure(int code, sqlite3* database);
  int code() const { return code_; }

 private:
  int code_;  ///< SQLite's primary result code
};

/// The same for people: what it means for `file`, and what to do.
Error error_of(const SqliteFailure& failure, const std::filesystem::path& file);

}  // namespace turngreen::study
