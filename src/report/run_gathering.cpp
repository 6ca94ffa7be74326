#include "run_gathering.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "turngreen/units/text.h"

namespace turngreen::report {
namespace {

constexpr std::string_view kOurVersion = "turngreen-";

template <typename T>
void add_if_told(std::optional<T>& sum, const std::optional<T>& more) {
  if (sum && more) {
    *sum += *more;
  } else {
    sum.reset();  // a part that is not told makes a sum that is not known
  }
}

/// The same task, begun again: one stage.
void add_to(CodeCarbonRow& sum, const CodeCarbonRow& more) {
  sum.duration = sum.duration + more.duration;
  sum.energy += more.energy;
  add_if_told(sum.cpu, more.cpu);
  add_if_told(sum.gpu, more.gpu);
  add_if_told(sum.ram, more.ram);
  add_if_told(sum.emissions, more.emissions);
  sum.ended_unix_ns = more.ended_unix_ns;
}

/// The name of a stage that Turngreen wrote as a path ("train/forward", '/' in a name escaped by
/// '\'); absent: it is nested, and in the row of the stage around it.
std::optional<std::string> top_level_name(const std::string& path) {
  std::string name;
  for (std::size_t i = 0; i < path.size(); ++i) {
    if (path[i] == '/') return std::nullopt;
    if (path[i] == '\\' && i + 1 < path.size()) ++i;
    name += path[i];
  }
  return name;
}

}  // namespace

RunGathering::Gathered& RunGathering::run_of(const std::filesystem::path& folder,
                                             const std::vector<std::string>& place,
                                             const CodeCarbonRow& row) {
  // Each row of a version that had no run_id is a run of its own.
  const std::string id = row.run_id.empty() ? fmt::format("line {}", row.line) : row.run_id;
  const auto [entry, is_new] = index_.emplace(std::pair(folder.string(), id), runs_.size());
  if (is_new) {
    Gathered gathered;
    gathered.run.folder = folder;
    gathered.run.place = place;
    gathered.run.run_id = row.run_id;
    runs_.push_back(std::move(gathered));
  }
  return runs_[entry->second];
}

void RunGathering::add(const std::filesystem::path& folder, const std::vector<std::string>& place,
                       const std::string& name, CodeCarbonRows rows) {
  CodeCarbonRun* only = nullptr;
  for (const auto& row : rows.rows) {
    Gathered& gathered = run_of(folder, place, row);
    if (rows.tasks) {
      add_task(gathered, name, row);
    } else {
      add_whole(gathered, row);
    }
    only = &gathered.run;
  }
  // What is odd in a file of one run is told with that run.
  const bool one_run = only != nullptr && std::ranges::all_of(rows.rows, [&](const auto& row) {
                         return row.run_id == only->run_id;
                       });
  for (const auto& note : rows.notes) {
    std::string text = note.line > 0 ? fmt::format("{}:{}: {}", name, note.line, note.text)
                                     : fmt::format("{}: {}", name, note.text);
    (one_run ? only->notes : notes_).push_back(std::move(text));
  }
}

void RunGathering::add_task(Gathered& gathered, const std::string& name, const CodeCarbonRow& row) {
  CodeCarbonRun& run = gathered.run;
  if (gathered.task_file.empty()) gathered.task_file = name;
  if (gathered.task_file != name) {
    const std::string note = fmt::format(
        "{}: its tasks are of a run whose tasks are in {} too; "
        "they are left out",
        name, gathered.task_file);
    if (std::ranges::find(run.notes, note) == run.notes.end()) run.notes.push_back(note);
    return;
  }
  CodeCarbonRow task = row;
  if (row.version.starts_with(kOurVersion)) {
    auto top = top_level_name(row.task);
    if (!top) return;
    task.task = *std::move(top);
  }
  const auto same = std::ranges::find(run.tasks, task.task, &CodeCarbonRow::task);
  if (same == run.tasks.end()) {
    run.tasks.push_back(std::move(task));
  } else {
    add_to(*same, task);
  }
}

void RunGathering::add_whole(Gathered& gathered, const CodeCarbonRow& row) {
  ++gathered.whole_rows;
  // A tracker that is flushed now and then appends a row of what it has counted so far.
  auto& whole = gathered.run.whole;
  if (!whole || row.energy >= whole->energy) whole = row;
}

std::vector<CodeCarbonRun> RunGathering::take(std::vector<std::string>& notes) {
  std::vector<CodeCarbonRun> runs;
  std::map<std::string, std::string> seen;
  notes.insert(notes.end(), notes_.begin(), notes_.end());
  for (auto& [run, task_file, whole_rows] : runs_) {
    if (run.tasks.empty() && !run.whole) continue;
    if (!run.run_id.empty()) {
      const auto [first, is_new] = seen.emplace(run.run_id, run.folder.string());
      if (!is_new) {
        notes.push_back(fmt::format("{} holds the run {} that is in {} already: a copy, left out",
                                    units::in_quotes(run.folder.string()),
                                    units::in_quotes(run.run_id), units::in_quotes(first->second)));
        continue;
      }
    }
    if (whole_rows > 1) {
      run.notes.push_back(
          fmt::format("{} rows of one run in the run file: the one with the most "
                      "energy counts, for each holds those before",
                      whole_rows));
    }
    runs.push_back(std::move(run));
  }
  return runs;
}

}  // namespace turngreen::report
