#pragma once

#include <filesystem>

#include "sqlite_connection.h"
#include "turngreen/study/store.h"

namespace turngreen::study {

struct Store::Database {
  std::filesystem::path file;
  SqliteConnection connection;

  /// The door at which SQLite's failures become errors.
  template <typename Action>
  auto guarded(const Action& action) const -> decltype(action()) {
    try {
      return action();
    } catch (const SqliteFailure& failure) {
      return tl::unexpected<Error>(error_of(failure, file));
    }
  }
};

}  // namespace turngreen::study
