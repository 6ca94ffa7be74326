#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "turngreen/units/result.h"

namespace turngreen::study {

/// A process that takes on trials, told from every other one of all machines and times.
struct Worker {
  std::string host;
  std::string boot;       ///< the kernel's random id of this boot
  std::string processes;  ///< the process namespace in which `pid` means something
  std::string pid;
  std::string start;  ///< when it began, in the kernel's ticks since boot: numbers are used again

  /// "host:boot:processes:pid:start".
  std::string text() const;
  static std::optional<Worker> parse(std::string_view text);
};

/// The calling process. Error: /proc does not tell.
Result<Worker> this_worker(const std::filesystem::path& proc = "/proc");

/// Whether `witness` can tell if `worker` lives: it is of the same host, and of an earlier boot or
/// the same process namespace.
bool can_be_judged(const Worker& worker, const Worker& witness);

/// Whether `worker` is certainly dead, as `witness`, which is alive, can tell: it is of an earlier
/// boot of the same host, or there is no such process any more. Of other hosts and of other process
/// namespaces nothing can be told.
bool is_dead(const Worker& worker, const Worker& witness,
             const std::filesystem::path& proc = "/proc");

}  // namespace turngreen::study
