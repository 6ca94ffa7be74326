#include "sqlite_failure.h"

#include <fmt/format.h>
#include <sqlite3.h>

namespace turngreen::study {

SqliteFailure::SqliteFailure(int code, sqlite3* database)
    : std::runtime_error(database != nullptr ? sqlite3_errmsg(database) : sqlite3_errstr(code)),
      code_(code & 0xff) {}

Error error_of(const SqliteFailure& failure, const std::filesystem::path& file) {
  const std::string name = file.string();
  switch (failure.code()) {
    case SQLITE_FULL:
      return {Error::Kind::io,
              fmt::format("the disk that holds the store {} is full; free some space and go on: "
                          "what was finished before is kept",
                          name)};
    case SQLITE_NOTADB:
      return {Error::Kind::invalid_input,
              fmt::format("{} is not a store of Turngreen (SQLite: {}); name another file", name,
                          failure.what())};
    case SQLITE_CORRUPT:
      return {Error::Kind::io, fmt::format("the store {0} is damaged (SQLite: {1}); keep a copy of "
                                           "it, then save what can be read with: "
                                           "sqlite3 {0} .recover | sqlite3 saved.db",
                                           name, failure.what())};
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
    case SQLITE_CANTOPEN:
      return {Error::Kind::no_permission,
              fmt::format("the store {} cannot be written (SQLite: {}); the file and the directory "
                          "that it is in must be there and writable for you",
                          name, failure.what())};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return {Error::Kind::io, fmt::format("another program keeps the store {} locked (SQLite: "
                                           "{}); end it, then run the same again",
                                           name, failure.what())};
    case SQLITE_IOERR:
      return {Error::Kind::io,
              fmt::format("reading or writing the store {} failed (SQLite: {}); look at the disk "
                          "and its free space: what was finished before is kept",
                          name, failure.what())};
    default:
      return {Error::Kind::io, fmt::format("the store {}: SQLite: {}", name, failure.what())};
  }
}

}  // namespace turngreen::study
