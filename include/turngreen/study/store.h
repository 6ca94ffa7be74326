#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "turngreen/knobs/space.h"
#include "turngreen/study/trial.h"
#include "turngreen/units/result.h"

namespace turngreen::study {

/// What a store says of a study without reading its trials.
struct StudySummary {
  std::int64_t id = 0;
  std::string name;
  std::int64_t created_unix_ns = 0;
  std::uint64_t seed = 0;
  std::size_t finished = 0;
  std::size_t running = 0;
  units::Energy spent;
};

/// A study as the store keeps it: the text of its file rules what a resumed study may change.
struct StudyRecord {
  std::int64_t id = 0;
  std::string name;
  std::uint64_t seed = 0;
  std::string file_text;                         ///< the study file
  std::string file_path;                         ///< where it lay
  std::vector<std::string> knobs;                ///< ids, in the order of the levels
  std::vector<std::vector<std::string>> values;  ///< the texts of each knob's values
  std::vector<std::size_t> off;                  ///< index into each knob's values
};

/// Studies and their trials in one SQLite file (write-ahead log, full synchronisation: a trial that
/// finish() returned for survives kill -9 and loss of power). Several processes may use one file;
/// each call is a transaction. Not for use by several threads at once.
class Store {
 public:
  /// Makes the file if it is not there, and brings an older one up to date. Error: not a store,
  /// made by a newer version, on a network file system (whose locks cannot be trusted), no right to
  /// write, disk full.
  static Result<Store> open(const std::filesystem::path& file);
  Store(Store&&) noexcept;
  Store& operator=(Store&&) noexcept;
  ~Store();

  Result<std::vector<StudySummary>> studies() const;
  /// The study of that name, made if there is none. Error: it is there with other knobs or values
  /// (values may be added at the end of a knob's; the off value must stay), said with what differs.
  Result<StudyRecord> open_study(std::string_view name, const knobs::Space& space,
                                 std::uint64_t seed, std::string_view file_text,
                                 const std::filesystem::path& file);
  Result<StudyRecord> find_study(
      std::string_view name) const;  ///< with the nearest name in the error
  Result<void> delete_study(std::string_view name);

  /// All trials, finished ones in the order they finished, then running ones by number.
  Result<std::vector<Trial>> trials(std::int64_t study) const;

  /// What to take on, given all trials so far; absent: nothing more. It runs inside the
  /// transaction, so that two workers never take the same.
  using Choice = std::function<std::optional<Assignment>(const std::vector<Trial>&)>;
  /// Lets `choose` choose, and records its choice as running in this process.
  Result<std::optional<Trial>> claim(std::int64_t study, const Choice& choose);
  /// Keeps what the trial gave. Error: it is not running, since it has been finished or given back.
  Result<void> finish(std::int64_t study, std::int64_t number, const pipeline::Outcome& outcome,
                      const Provenance& provenance);
  /// Gives back a trial that did not run to its end (the user interrupted it): it is as if it had
  /// never been claimed, but that its number is not given again: its directory may hold leftovers.
  Result<void> give_back(std::int64_t study, std::int64_t number);
  /// Gives back the running trials of workers of this machine that are dead: of an earlier boot, or
  /// no such process any more. Of workers elsewhere nothing can be told. Returns how many.
  Result<std::size_t> return_abandoned(std::int64_t study);
  /// Numbers of the running trials of those workers of which nothing can be told, ascending.
  Result<std::vector<std::int64_t>> running_elsewhere(std::int64_t study) const;
  /// Adds a finished trial as it was run elsewhere; its number and order are given anew.
  Result<void> import(std::int64_t study, const Trial& trial);
  /// Adds a study with its trials, in their order; all of it or nothing. Error: the name is taken.
  Result<StudyRecord> import_study(const StudyRecord& study, const std::vector<Trial>& trials);

 private:
  struct Database;
  explicit Store(std::unique_ptr<Database> database);
  std::unique_ptr<Database> database_;
};

}  // namespace turngreen::study
