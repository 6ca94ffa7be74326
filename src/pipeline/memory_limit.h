#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <optional>

#include "turngreen/energy/process_share.h"

namespace turngreen::pipeline {

/// How much memory a command and all that it starts may hold. In a cgroup v2 of its own where one
/// can be made with the memory controller: then what they hold together is counted. Elsewhere the
/// address space of each process is bounded (RLIMIT_AS), which is more than it holds.
class MemoryLimit {
 public:
  /// Absent bytes: no limit; the cgroup serves to end the processes only.
  static MemoryLimit prepare(std::optional<std::uint64_t> bytes,
                             const std::filesystem::path& cgroup_root = "/sys/fs/cgroup",
                             const std::filesystem::path& proc = "/proc");

  std::optional<int> cgroup_directory() const;
  std::optional<std::uint64_t> address_space_bytes() const;
  /// To be called once the command runs: one that could not be started in the cgroup gets the other
  /// limit.
  void hold(pid_t command);
  /// The kernel has ended one of them since they held too much; the cgroup tells, RLIMIT_AS does
  /// not.
  bool exceeded() const;
  /// Ends all in the cgroup, if there is one.
  void kill_all() const;

 private:
  bool limit_cgroup();

  std::optional<std::uint64_t> bytes_;
  std::optional<energy::ProcessShare> share_;
  bool in_cgroup_ = false;  ///< the limit is
};

}  // namespace turngreen::pipeline
