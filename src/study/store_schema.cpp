#include "store_schema.h"

#include <fmt/format.h>

namespace turngreen::study {
namespace {

// Numbers of trials are not given twice (next_number), not even that of a trial that was given
// back: its directory may hold what it left.
constexpr std::string_view kVersion1 = R"(
CREATE TABLE study (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  created_unix_ns INTEGER NOT NULL,
  seed INTEGER NOT NULL,
  file_text TEXT NOT NULL,
  file_path TEXT NOT NULL,
  next_number INTEGER NOT NULL DEFAULT 1
);
CREATE TABLE knob (
  study INTEGER NOT NULL REFERENCES study(id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  id TEXT NOT NULL,
  value_texts TEXT NOT NULL,
  off_level INTEGER NOT NULL,
  PRIMARY KEY (study, position)
) WITHOUT ROWID;
CREATE TABLE provenance (
  id INTEGER PRIMARY KEY,
  facts TEXT NOT NULL UNIQUE
);
CREATE TABLE trial (
  id INTEGER PRIMARY KEY,
  study INTEGER NOT NULL REFERENCES study(id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  purpose TEXT NOT NULL,
  levels BLOB NOT NULL,
  fidelity REAL NOT NULL,
  seed INTEGER NOT NULL,
  worker TEXT NOT NULL,
  started_unix_ns INTEGER NOT NULL,
  finished_unix_ns INTEGER,
  finish_order INTEGER,
  energy_j REAL,
  provenance INTEGER REFERENCES provenance(id),
  outcome TEXT,
  UNIQUE (study, number),
  UNIQUE (study, finish_order)
);
CREATE INDEX trial_provenance ON trial (provenance);
)";

constexpr std::array kMigrations{kVersion1};

/// A file that is empty, or a store; not the database of another program.
bool ours_to_use(SqliteConnection& connection) {
  const auto application = connection.number("PRAGMA application_id");
  if (application == kStoreApplicationId) return true;
  return application == 0 && connection.number("PRAGMA user_version") == 0 &&
         connection.number("SELECT count(*) FROM sqlite_schema") == 0;
}

}  // namespace

std::span<const std::string_view> store_migrations() { return kMigrations; }

Result<void> bring_up_to_date(SqliteConnection& connection, const std::filesystem::path& file,
                              std::span<const std::string_view> migrations) {
  const auto newest = static_cast<std::int64_t>(migrations.size());
  if (connection.number("PRAGMA application_id") == kStoreApplicationId &&
      connection.number("PRAGMA user_version") == newest) {
    return {};
  }
  SqliteTransaction transaction(connection);
  if (!ours_to_use(connection)) {
    return fail(Error::Kind::invalid_input,
                fmt::format("{} is a database of another program, not a store of Turngreen; name "
                            "another file",
                            file.string()));
  }
  const auto version = connection.number("PRAGMA user_version");
  if (version > newest || version < 0) {
    return fail(Error::Kind::unsupported,
                fmt::format("the store {} is of version {}, and this program reads versions up to "
                            "{}; use the Turngreen that made it, or a newer one",
                            file.string(), version, newest));
  }
  for (auto step = version; step < newest; ++step) {
    connection.execute(std::string(migrations[static_cast<std::size_t>(step)]));
  }
  connection.execute(fmt::format("PRAGMA application_id = {}", kStoreApplicationId));
  connection.execute(fmt::format("PRAGMA user_version = {}", newest));
  transaction.commit();
  return {};
}

}  // namespace turngreen::study
