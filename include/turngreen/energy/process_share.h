#pragma once

#include <sys/types.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

#include "turngreen/units/duration.h"
#include "turngreen/units/result.h"

namespace turngreen::energy {

/// Processor time since some moment in the past: of one process tree, and of everything on the
/// machine.
struct CpuTime {
  units::Duration tree;     ///< user + system time of the tree, ended children included
  units::Duration machine;  ///< busy time of all processors together
  /// How coarse `tree` is counted: a difference of two readings may be off by this much.
  units::Duration tree_step;
  units::Duration machine_step;
};

/// Tells how much of the machine's processor time one process tree took: from a cgroup v2 of its
/// own where one can be made (children that live 5 ms count, wherever they moved), else from /proc,
/// completed by what wait4 tells of those that ended. May be used from several threads.
class ProcessShare {
 public:
  enum class Basis { cgroup, proc };

  /// Prepares for a tree that is about to start. Makes a cgroup below our own where cgroup v2 lets
  /// us.
  static Result<ProcessShare> prepare(const std::filesystem::path& cgroup_root = "/sys/fs/cgroup",
                                      const std::filesystem::path& proc = "/proc");
  ProcessShare(ProcessShare&&) noexcept;
  ProcessShare& operator=(ProcessShare&&) noexcept;
  ~ProcessShare();  ///< removes the cgroup; who still runs in it goes back to ours

  /// Final once watch was called: a tree that could not be started in the cgroup is told from
  /// /proc.
  Basis basis() const;
  /// The open directory that a child joins through clone3(CLONE_INTO_CGROUP); absent with
  /// Basis::proc.
  std::optional<int> cgroup_directory() const;
  /// The root of the tree, a child of this process. Call once, after the start and before it is
  /// waited for.
  void watch(pid_t root);
  /// Absent when neither source could be read. Never goes back.
  std::optional<CpuTime> read() noexcept;
  /// The processes of the tree that are alive, or ended and not yet waited for; none before watch.
  std::vector<pid_t> pids() const;
  /// Exact time of an ended child of this process that belongs to the tree (the root, or an orphan
  /// that it left), from wait4: user + system of it and of all it waited for.
  void add_ended(units::Duration user_and_system);

 private:
  struct State;
  explicit ProcessShare(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace turngreen::energy
