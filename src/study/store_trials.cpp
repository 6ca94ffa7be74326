#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "store_database.h"
#include "study_rows.h"
#include "trial_rows.h"
#include "worker.h"

namespace turngreen::study {
namespace {

std::int64_t now_unix_ns() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::nanoseconds>(now).count();
}

tl::unexpected<Error> deleted(const std::filesystem::path& file) {
  return fail(
      Error::Kind::not_found,
      fmt::format("the study is not in the store {} any more: somebody deleted it", file.string()));
}

tl::unexpected<Error> not_running(std::int64_t number, const std::filesystem::path& file) {
  return fail(Error::Kind::not_found,
              fmt::format("trial {} is not running in the store {}: it was finished, given back or "
                          "deleted with its study",
                          number, file.string()));
}

}  // namespace

Result<std::vector<Trial>> Store::trials(std::int64_t study) const {
  return database_->guarded([&] { return read_trials(database_->connection, study); });
}

Result<std::optional<Trial>> Store::claim(std::int64_t study, const Choice& choose) {
  const auto worker = this_worker();
  if (!worker) return tl::unexpected(worker.error());
  return database_->guarded([&]() -> Result<std::optional<Trial>> {
    SqliteConnection& connection = database_->connection;
    SqliteTransaction transaction(connection);
    if (!study_exists(connection, study)) return deleted(database_->file);
    const auto known = read_trials(connection, study);
    if (!known) return tl::unexpected(known.error());
    const auto chosen = choose(*known);
    if (!chosen) return std::nullopt;
    Trial trial;
    trial.assignment = *chosen;
    trial.worker = worker->text();
    trial.started_unix_ns = now_unix_ns();
    trial.number = insert_running(connection, study, trial);
    transaction.commit();
    return trial;
  });
}

Result<void> Store::finish(std::int64_t study, std::int64_t number,
                           const pipeline::Outcome& outcome, const Provenance& provenance) {
  return database_->guarded([&]() -> Result<void> {
    Trial finished;
    finished.number = number;
    finished.outcome = outcome;
    finished.provenance = provenance;
    finished.finished_unix_ns = now_unix_ns();
    SqliteTransaction transaction(database_->connection);
    if (!write_outcome(database_->connection, study, finished)) {
      return not_running(number, database_->file);
    }
    transaction.commit();
    return {};
  });
}

Result<void> Store::give_back(std::int64_t study, std::int64_t number) {
  return database_->guarded([&]() -> Result<void> {
    SqliteTransaction transaction(database_->connection);
    if (!delete_running(database_->connection, study, number)) {
      return not_running(number, database_->file);
    }
    transaction.commit();
    return {};
  });
}

Result<std::size_t> Store::return_abandoned(std::int64_t study) {
  const auto witness = this_worker();
  if (!witness) return tl::unexpected(witness.error());
  return database_->guarded([&]() -> Result<std::size_t> {
    SqliteConnection& connection = database_->connection;
    const auto dead = [&](const auto& running) {
      const auto worker = Worker::parse(running.second);
      return worker && is_dead(*worker, *witness);
    };
    // Asked often, and nearly always there is none: then nobody is kept waiting.
    auto running = read_running(connection, study);
    std::erase_if(running, [&](const auto& each) { return !dead(each); });
    if (running.empty()) return std::size_t{0};
    SqliteTransaction transaction(connection);
    std::size_t returned = 0;
    for (const auto& [number, worker] : running) {
      if (delete_running(connection, study, number)) ++returned;
    }
    transaction.commit();
    return returned;
  });
}

Result<std::vector<std::int64_t>> Store::running_elsewhere(std::int64_t study) const {
  const auto witness = this_worker();
  if (!witness) return tl::unexpected(witness.error());
  return database_->guarded([&]() -> Result<std::vector<std::int64_t>> {
    std::vector<std::int64_t> elsewhere;
    for (const auto& [number, text] : read_running(database_->connection, study)) {
      const auto worker = Worker::parse(text);
      if (!worker || !can_be_judged(*worker, *witness)) elsewhere.push_back(number);
    }
    std::ranges::sort(elsewhere);
    return elsewhere;
  });
}

Result<void> Store::import(std::int64_t study, const Trial& trial) {
  return database_->guarded([&]() -> Result<void> {
    SqliteConnection& connection = database_->connection;
    SqliteTransaction transaction(connection);
    if (!study_exists(connection, study)) return deleted(database_->file);
    if (auto added = insert_finished(connection, study, trial); !added) return added;
    transaction.commit();
    return {};
  });
}

}  // namespace turngreen::study
