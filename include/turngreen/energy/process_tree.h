#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <vector>

namespace turngreen::energy {

/// What /proc/PID/stat tells of one process. Times are in clock ticks (sysconf(_SC_CLK_TCK) a
/// second).
struct ProcessStat {
  char state = '?';  ///< 'Z': ended, and nobody has waited for it yet
  pid_t parent = 0;
  std::uint64_t own_ticks = 0;         ///< user + system, ended threads included
  std::uint64_t waited_for_ticks = 0;  ///< of the children that it has waited for, and theirs
};

/// Absent when there is no such process (any more).
std::optional<ProcessStat> read_process_stat(pid_t process,
                                             const std::filesystem::path& proc = "/proc");

/// The children of a process, of all its threads; ended ones that nobody has waited for included.
/// From the kernel's own list where it keeps one, else from a walk through all of `proc`.
std::vector<pid_t> children_of(pid_t process, const std::filesystem::path& proc = "/proc");

}  // namespace turngreen::energy
