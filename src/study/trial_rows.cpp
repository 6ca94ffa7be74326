#include "trial_rows.h"

#include <fmt/format.h>

#include <map>

#include "outcome_json.h"
#include "provenance_json.h"
#include "sqlite_statement.h"
#include "turngreen/study/trial_json.h"

namespace turngreen::study {
namespace {

using Provenances = std::map<std::int64_t, Provenance>;

/// Most trials of a study share theirs, so each is kept, read and understood once.
Result<Provenances> read_provenances(SqliteConnection& connection, std::int64_t study) {
  SqliteStatement rows(connection,
                       "SELECT id, facts FROM provenance WHERE id IN "
                       "(SELECT provenance FROM trial WHERE study = ?)");
  rows.bind(study);
  Provenances found;
  while (rows.step()) {
    auto facts = parse_provenance(rows.text(1));
    if (!facts) return tl::unexpected(facts.error());
    found.emplace(rows.integer(0), *std::move(facts));
  }
  return found;
}

std::int64_t provenance_id(SqliteConnection& connection, const Provenance& provenance) {
  const std::string facts = dump(json_of(provenance));
  SqliteStatement(connection, "INSERT OR IGNORE INTO provenance (facts) VALUES (?)")
      .bind(facts)
      .run();
  SqliteStatement row(connection, "SELECT id FROM provenance WHERE facts = ?");
  row.bind(facts).step();
  return row.integer(0);
}

Result<Trial> trial_of(const SqliteStatement& row, const Provenances& provenances) {
  Trial trial;
  trial.number = row.integer(0);
  const auto purpose = parse_purpose(row.text(1));
  if (!purpose) {
    return fail(Error::Kind::invalid_input,
                fmt::format("trial {} in the store has the purpose {}, which is none known",
                            trial.number, row.text(1)));
  }
  trial.assignment.purpose = *purpose;
  const auto levels = row.bytes(2);
  trial.assignment.configuration.levels.assign(levels.begin(), levels.end());
  trial.assignment.fidelity = row.real(3);
  trial.assignment.seed = static_cast<std::uint64_t>(row.integer(4));
  trial.worker = row.text(5);
  trial.started_unix_ns = row.integer(6);
  trial.finished_unix_ns = row.integer(7);
  trial.finish_order = row.integer(8);
  if (trial.finish_order == 0) return trial;
  if (const auto known = provenances.find(row.integer(9)); known != provenances.end()) {
    trial.provenance = known->second;
  }
  auto outcome = parse_outcome(row.text(10));
  if (!outcome) {
    return fail(outcome.error().kind,
                fmt::format("trial {} in the store: {}", trial.number, outcome.error().message));
  }
  trial.outcome = *std::move(outcome);
  return trial;
}

}  // namespace

Result<std::vector<Trial>> read_trials(SqliteConnection& connection, std::int64_t study) {
  const auto provenances = read_provenances(connection, study);
  if (!provenances) return tl::unexpected(provenances.error());
  SqliteStatement rows(
      connection,
      "SELECT number, purpose, levels, fidelity, seed, worker, started_unix_ns, finished_unix_ns, "
      "finish_order, provenance, outcome FROM trial WHERE study = ? "
      "ORDER BY finish_order IS NULL, finish_order, number");
  rows.bind(study);
  std::vector<Trial> trials;
  while (rows.step()) {
    auto trial = trial_of(rows, *provenances);
    if (!trial) return tl::unexpected(trial.error());
    trials.push_back(*std::move(trial));
  }
  return trials;
}

std::vector<std::pair<std::int64_t, std::string>> read_running(SqliteConnection& connection,
                                                               std::int64_t study) {
  SqliteStatement rows(connection,
                       "SELECT number, worker FROM trial WHERE study = ? AND finish_order IS NULL");
  rows.bind(study);
  std::vector<std::pair<std::int64_t, std::string>> running;
  while (rows.step()) running.emplace_back(rows.integer(0), rows.text(1));
  return running;
}

std::int64_t insert_running(SqliteConnection& connection, std::int64_t study, const Trial& trial) {
  SqliteStatement next(connection,
                       "UPDATE study SET next_number = next_number + 1 WHERE id = ? "
                       "RETURNING next_number - 1");
  next.bind(study).step();
  const std::int64_t number = next.integer(0);
  next.run();
  SqliteStatement row(connection,
                      "INSERT INTO trial (study, number, purpose, levels, fidelity, seed, worker, "
                      "started_unix_ns) VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
  row.bind(study)
      .bind(number)
      .bind(to_string(trial.assignment.purpose))
      .bind(std::span<const std::uint8_t>(trial.assignment.configuration.levels))
      .bind(trial.assignment.fidelity)
      .bind(static_cast<std::int64_t>(trial.assignment.seed))
      .bind(trial.worker)
      .bind(trial.started_unix_ns)
      .run();
  return number;
}

Result<void> insert_finished(SqliteConnection& connection, std::int64_t study, const Trial& trial) {
  if (!trial.outcome) {
    return fail(
        Error::Kind::invalid_input,
        fmt::format("trial {} is still running; only finished trials can be added", trial.number));
  }
  Trial added = trial;
  added.number = insert_running(connection, study, trial);
  write_outcome(connection, study, added);
  return {};
}

bool write_outcome(SqliteConnection& connection, std::int64_t study, const Trial& finished) {
  const pipeline::Outcome& outcome = *finished.outcome;
  SqliteStatement row(
      connection,
      "UPDATE trial SET outcome = ?, energy_j = ?, provenance = ?, finished_unix_ns = ?, "
      "finish_order = (SELECT coalesce(max(finish_order), 0) + 1 FROM trial WHERE study = ?) "
      "WHERE study = ? AND number = ? AND finish_order IS NULL");
  row.bind(outcome_json(outcome))
      .bind(outcome.energy ? std::optional(outcome.energy->value.in_joules()) : std::nullopt)
      .bind(provenance_id(connection, finished.provenance))
      .bind(finished.finished_unix_ns)
      .bind(study)
      .bind(study)
      .bind(finished.number)
      .run();
  return connection.rows_changed() == 1;
}

bool delete_running(SqliteConnection& connection, std::int64_t study, std::int64_t number) {
  SqliteStatement(connection,
                  "DELETE FROM trial WHERE study = ? AND number = ? AND finish_order IS NULL")
      .bind(study)
      .bind(number)
      .run();
  return connection.rows_changed() == 1;
}

void delete_unused_provenance(SqliteConnection& connection) {
  connection.execute(
      "DELETE FROM provenance WHERE id NOT IN "
      "(SELECT provenance FROM trial WHERE provenance IS NOT NULL)");
}

}  // namespace turngreen::study
