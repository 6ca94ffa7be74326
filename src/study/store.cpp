#include "turngreen/study/store.h"

#include <fmt/format.h>

#include <algorithm>

#include "store_database.h"
#include "store_file.h"
#include "study_rows.h"
#include "trial_rows.h"
#include "turngreen/study/study_difference.h"
#include "turngreen/units/nearest_word.h"

namespace turngreen::study {
namespace {

Error no_such_study(SqliteConnection& connection, const std::filesystem::path& file,
                    std::string_view name) {
  const auto names = read_study_names(connection);
  const auto nearest = units::nearest_word(name, names);
  std::string instead = "it holds none";
  if (nearest) {
    instead = fmt::format("did you mean {}?", *nearest);
  } else if (!names.empty()) {
    instead = fmt::format("it holds {}", fmt::join(names, ", "));
  }
  return {Error::Kind::not_found, fmt::format("there is no study \"{}\" in the store {}; {}", name,
                                              file.string(), instead)};
}

}  // namespace

Store::Store(std::unique_ptr<Database> database) : database_(std::move(database)) {}
Store::Store(Store&&) noexcept = default;
Store& Store::operator=(Store&&) noexcept = default;
Store::~Store() = default;

Result<Store> Store::open(const std::filesystem::path& file) {
  try {
    auto connection = open_store_file(file, file_system_of(file));
    if (!connection) return tl::unexpected(connection.error());
    return Store(std::make_unique<Database>(Database{file, *std::move(connection)}));
  } catch (const SqliteFailure& failure) {
    return tl::unexpected<Error>(error_of(failure, file));
  }
}

Result<std::vector<StudySummary>> Store::studies() const {
  return database_->guarded(
      [&]() -> Result<std::vector<StudySummary>> { return read_summaries(database_->connection); });
}

Result<StudyRecord> Store::open_study(std::string_view name, const knobs::Space& space,
                                      std::uint64_t seed, std::string_view file_text,
                                      const std::filesystem::path& file) {
  return database_->guarded([&]() -> Result<StudyRecord> {
    SqliteConnection& connection = database_->connection;
    StudyRecord asked = record_of(name, space, seed, file_text, file);
    SqliteTransaction transaction(connection);
    const auto stored = read_study(connection, name);
    if (!stored) return tl::unexpected(stored.error());
    if (!*stored) {
      asked.id = insert_study(connection, asked);
      transaction.commit();
      return asked;
    }
    if (const auto lines = difference(**stored, asked); !lines.empty()) {
      return fail(
          Error::Kind::invalid_input,
          fmt::format("the study \"{}\" in the store {} was begun with other knobs, so that "
                      "its trials would mean something else:{}\nGive the study another "
                      "name, or delete the old one: turngreen study delete",
                      name, database_->file.string(), lines));
    }
    asked.id = (*stored)->id;
    asked.seed = (*stored)->seed;
    update_study(connection, asked);
    transaction.commit();
    return asked;
  });
}

Result<StudyRecord> Store::find_study(std::string_view name) const {
  return database_->guarded([&]() -> Result<StudyRecord> {
    auto study = read_study(database_->connection, name);
    if (!study) return tl::unexpected(study.error());
    if (*study) return **std::move(study);
    return tl::unexpected(no_such_study(database_->connection, database_->file, name));
  });
}

Result<void> Store::delete_study(std::string_view name) {
  return database_->guarded([&]() -> Result<void> {
    SqliteConnection& connection = database_->connection;
    SqliteTransaction transaction(connection);
    if (!delete_study_row(connection, name)) {
      return tl::unexpected(no_such_study(connection, database_->file, name));
    }
    delete_unused_provenance(connection);
    transaction.commit();
    return {};
  });
}

Result<StudyRecord> Store::import_study(const StudyRecord& study,
                                        const std::vector<Trial>& trials) {
  return database_->guarded([&]() -> Result<StudyRecord> {
    SqliteConnection& connection = database_->connection;
    SqliteTransaction transaction(connection);
    const auto known = read_study_names(connection);
    if (std::ranges::find(known, study.name) != known.end()) {
      return fail(Error::Kind::invalid_input,
                  fmt::format("the store {} has a study \"{}\" already; import into another store, "
                              "or delete that one: turngreen study delete",
                              database_->file.string(), study.name));
    }
    StudyRecord imported = study;
    imported.id = insert_study(connection, study);
    for (const auto& trial : trials) {
      if (auto added = insert_finished(connection, imported.id, trial); !added) {
        return tl::unexpected(added.error());
      }
    }
    transaction.commit();
    return imported;
  });
}

}  // namespace turngreen::study
