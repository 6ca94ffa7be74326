#pragma once

#include <sys/types.h>

#include <filesystem>
#include <optional>

#include "turngreen/units/duration.h"

namespace turngreen::energy {

/// A cgroup v2 made below our own, removed at the end. Who still runs in it then is moved back to
/// ours.
class ChildCgroup {
 public:
  /// Absent where there is no cgroup v2, or none may be made here.
  static std::optional<ChildCgroup> make(const std::filesystem::path& cgroup_root,
                                         const std::filesystem::path& proc);
  ChildCgroup(ChildCgroup&& other) noexcept;
  ChildCgroup& operator=(ChildCgroup&&) = delete;
  ~ChildCgroup();

  int directory() const { return directory_; }
  /// Whether the process, ended or not, is in it or below.
  bool holds(pid_t process) const;
  /// user + system time of all that ever ran in it.
  std::optional<units::Duration> usage() const noexcept;

 private:
  ChildCgroup() = default;

  std::filesystem::path proc_;
  std::filesystem::path path_;
  std::filesystem::path name_;  ///< as /proc/PID/cgroup tells it
  int directory_ = -1;
  int cpu_stat_ = -1;
};

}  // namespace turngreen::energy
