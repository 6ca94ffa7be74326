#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "turngreen/energy/mark.h"
#include "turngreen/energy/sensor.h"
#include "turngreen/energy/share.h"
#include "turngreen/energy/statement.h"
#include "turngreen/units/result.h"

namespace turngreen::energy {

/// Writes the raw readings and marks of a meter to a compact file, in the order in which they were
/// accounted, so that replay() gives the same statement bit for bit. Used by the sampling thread;
/// the file appears under its name when finished, and holds what was written so far under
/// "NAME.part" until then.
class RecordingWriter {
 public:
  /// `note` is kept as it is and handed back by replay (the caller's own facts: command, machine),
  /// at most 1 MiB.
  static Result<std::unique_ptr<RecordingWriter>> create(const std::filesystem::path& file);
  ~RecordingWriter();

  /// Ends the file with `note` and renames it into place. Errors of earlier writes (disk full) come
  /// out here.
  Result<void> finish(std::string_view note);

 private:
  friend class Meter;
  struct State;
  explicit RecordingWriter(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

struct Replayed {
  Statement statement;
  std::string note;  ///< empty when the recording was cut short
  bool complete =
      false;  ///< false: the recording ends before its finish (a crash); the statement ends with it
};

/// Runs a recording through the meter's own accounting. Hostile files are expected: bounded memory,
/// no crash; the error names the file and the byte.
Result<Replayed> replay(const std::filesystem::path& file);

}  // namespace turngreen::energy
