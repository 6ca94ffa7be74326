#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "turngreen/pipeline/command_run.h"
#include "turngreen/pipeline/pipeline.h"
#include "turngreen/units/result.h"

namespace turngreen::pipeline {

/// What keeps a run apart from us, and bounds it.
struct Containment {
  std::filesystem::path directory;       ///< where the command runs; empty: where we are
  std::vector<std::string> environment;  ///< "NAME=value", in place of ours of that name
  std::filesystem::path output_log;      ///< gets the first 16 MB of what it prints
  /// Gets each line that it prints, cut after 4 KB. Must not throw. May be empty.
  std::function<void(std::string_view)> output_line;
  std::optional<units::Duration> timeout;
  std::optional<std::uint64_t> memory_bytes;  ///< see MemoryLimit
  /// As RunRequest::watch.
  std::function<std::optional<std::string>(const RunProgress&)> watch;
  units::Duration watch_period = units::milliseconds(500);
  /// What it gets between SIGTERM and SIGKILL, where it is ended.
  units::Duration grace = units::seconds(5);
};

struct ContainedRun {
  /// Why it was ended before its time.
  enum class Cut { none, timeout, stopped };

  Measurement measurement;
  Cut cut = Cut::none;
  std::string stop_reason;     ///< Cut::stopped: what `watch` said
  bool out_of_memory = false;  ///< the kernel says so; where it does not, see `output_tail`
  std::uint64_t output_bytes = 0;
  std::string output_tail;  ///< the last lines that it printed, at most 64 KB; UTF-8
};

/// As run_command, with the command in a session of its own: nothing on standard input, output and
/// error taken together, signals of the terminal kept from it. When the run is over, none of its
/// processes is left, wherever they have gone; it is killed too where this process dies. This
/// thread's signals are left alone: whoever wants them to end the run says so in `watch`.
Result<ContainedRun> run_contained(const CommandRunOptions& options,
                                   const Containment& containment);

}  // namespace turngreen::pipeline
