#include "study_rows.h"

#include <fmt/format.h>

#include <chrono>
#include <nlohmann/json.hpp>

#include "outcome_json.h"
#include "sqlite_statement.h"

namespace turngreen::study {
namespace {

using nlohmann::json;

std::int64_t now_unix_ns() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::nanoseconds>(now).count();
}

Result<void> read_knobs(SqliteConnection& connection, StudyRecord& study) {
  SqliteStatement rows(
      connection, "SELECT id, value_texts, off_level FROM knob WHERE study = ? ORDER BY position");
  rows.bind(study.id);
  while (rows.step()) {
    study.knobs.emplace_back(rows.text(0));
    study.off.push_back(static_cast<std::size_t>(rows.integer(2)));
    try {
      study.values.push_back(json::parse(rows.text(1)).get<std::vector<std::string>>());
    } catch (const json::exception& e) {
      return fail(Error::Kind::invalid_input,
                  fmt::format("the values of knob {} of study {} in the store cannot be "
                              "understood: {}",
                              study.knobs.back(), study.name, e.what()));
    }
  }
  return {};
}

void write_knobs(SqliteConnection& connection, const StudyRecord& study) {
  SqliteStatement row(connection,
                      "INSERT OR REPLACE INTO knob (study, position, id, value_texts, off_level) "
                      "VALUES (?, ?, ?, ?, ?)");
  for (std::size_t i = 0; i < study.knobs.size(); ++i) {
    row.reset();
    row.bind(study.id)
        .bind(static_cast<std::int64_t>(i))
        .bind(study.knobs[i])
        .bind(dump(nlohmann::ordered_json(study.values.at(i))))
        .bind(static_cast<std::int64_t>(study.off.at(i)))
        .run();
  }
}

}  // namespace

std::vector<StudySummary> read_summaries(SqliteConnection& connection) {
  SqliteStatement rows(connection,
                       "SELECT s.id, s.name, s.created_unix_ns, s.seed, count(t.finish_order), "
                       "count(t.id) - count(t.finish_order), total(t.energy_j) FROM study s "
                       "LEFT JOIN trial t ON t.study = s.id GROUP BY s.id ORDER BY s.id");
  std::vector<StudySummary> found;
  while (rows.step()) {
    found.push_back({.id = rows.integer(0),
                     .name = std::string(rows.text(1)),
                     .created_unix_ns = rows.integer(2),
                     .seed = static_cast<std::uint64_t>(rows.integer(3)),
                     .finished = static_cast<std::size_t>(rows.integer(4)),
                     .running = static_cast<std::size_t>(rows.integer(5)),
                     .spent = units::joules(rows.real(6))});
  }
  return found;
}

std::vector<std::string> read_study_names(SqliteConnection& connection) {
  SqliteStatement rows(connection, "SELECT name FROM study ORDER BY id");
  std::vector<std::string> names;
  while (rows.step()) names.emplace_back(rows.text(0));
  return names;
}

bool study_exists(SqliteConnection& connection, std::int64_t study) {
  SqliteStatement row(connection, "SELECT 1 FROM study WHERE id = ?");
  return row.bind(study).step();
}

Result<std::optional<StudyRecord>> read_study(SqliteConnection& connection, std::string_view name) {
  SqliteStatement row(connection,
                      "SELECT id, seed, file_text, file_path FROM study WHERE name = ?");
  if (!row.bind(name).step()) return std::nullopt;
  StudyRecord study;
  study.id = row.integer(0);
  study.name = name;
  study.seed = static_cast<std::uint64_t>(row.integer(1));
  study.file_text = row.text(2);
  study.file_path = row.text(3);
  if (auto knobs = read_knobs(connection, study); !knobs) return tl::unexpected(knobs.error());
  return study;
}

std::int64_t insert_study(SqliteConnection& connection, const StudyRecord& study) {
  SqliteStatement row(connection,
                      "INSERT INTO study (name, created_unix_ns, seed, file_text, file_path) "
                      "VALUES (?, ?, ?, ?, ?)");
  row.bind(study.name)
      .bind(now_unix_ns())
      .bind(static_cast<std::int64_t>(study.seed))
      .bind(study.file_text)
      .bind(study.file_path)
      .run();
  StudyRecord inserted = study;
  inserted.id = connection.last_row_id();
  write_knobs(connection, inserted);
  return inserted.id;
}

void update_study(SqliteConnection& connection, const StudyRecord& study) {
  SqliteStatement row(connection, "UPDATE study SET file_text = ?, file_path = ? WHERE id = ?");
  row.bind(study.file_text).bind(study.file_path).bind(study.id).run();
  write_knobs(connection, study);
}

bool delete_study_row(SqliteConnection& connection, std::string_view name) {
  SqliteStatement(connection, "DELETE FROM study WHERE name = ?").bind(name).run();
  return connection.rows_changed() == 1;
}

}  // namespace turngreen::study
