#pragma once

#include <sys/types.h>

#include <filesystem>
#include <memory>
#include <optional>

#include "turngreen/units/duration.h"
#include "turngreen/units/result.h"

namespace turngreen::energy {

/// Processor time since some moment in the past: of one process tree, and of everything on the machine.
struct CpuTime {
  units::Duration tree;     ///< user + system time of the tree, ended children included
  units::Duration machine;  ///< busy time of all processors together
  /// How coarse `tree` is counted: a difference of two readings may be off by this much.
  units::Duration tree_step;
  units::Duration machine_step;
};

/// Tells how much of the machine's processor time one process tree took: from a cgroup v2 of its own where
/// one can be made (children that live 5 ms count, wherever they moved), else from /proc, corrected at the end by
/// wait4's accounting. Used by one thread at a time.
class ProcessShare {
 public:
  enum class Basis { cgroup, proc };

  /// Prepares for a tree that is about to start. Makes a cgroup below our own where cgroup v2 lets us.
  static Result<ProcessShare> prepare(const std::filesystem::path& cgroup_root = "/sys/fs/cgroup",
                                      const std::filesystem::path& proc = "/proc");
  ProcessShare(ProcessShare&&) noexcept;
  ProcessShare& operator=(ProcessShare&&) noexcept;
  ~ProcessShare();  ///< removes the cgroup

  Basis basis() const;
  /// The open directory that a child joins through clone3(CLONE_INTO_CGROUP); absent with Basis::proc.
  std::optional<int> cgroup_directory() const;
  /// The root of the tree. Call once, after the start.
  void watch(pid_t root);
  /// Absent when neither source could be read. Never goes back.
  std::optional<CpuTime> read() noexcept;
  /// Exact time of ended processes of the tree, from wait4: user + system of the root and all it waited for.
  void add_ended(units::Duration user_and_system);

 private:
  struct State;
  explicit ProcessShare(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace turngreen::energy
