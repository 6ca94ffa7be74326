#pragma once

#include <sys/resource.h>
#include <sys/types.h>

#include <csignal>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "descriptor.h"
#include "turngreen/pipeline/measurement.h"
#include "turngreen/units/result.h"

namespace turngreen::pipeline {

/// What sets a child apart from us.
struct Seclusion {
  std::filesystem::path directory;  ///< where it starts; empty: where we are
  /// Becomes its standard output and error. Its standard input is /dev/null, and it leads a session
  /// of its own.
  int output = -1;
  std::optional<std::uint64_t> address_space_bytes;  ///< RLIMIT_AS, for it and its children
};

/// A descriptor that stays open in a child although it is close-on-exec, there perhaps under
/// another number.
struct Inherited {
  Inherited(int same) : ours(same), theirs(same) {}
  Inherited(int here, int there) : ours(here), theirs(there) {}
  int ours;
  int theirs;
};

/// What a child is started with. It keeps our process group, terminal, directory and standard
/// streams ...
struct ChildStart {
  std::vector<std::string> command;      ///< program, looked up in PATH, and arguments
  std::vector<std::string> environment;  ///< "NAME=value"
  std::vector<Inherited> inherited;
  std::optional<int>
      cgroup_directory;  ///< joined where the kernel lets us, before the first instruction
  sigset_t signal_mask{};
  bool ignores_child_signal = false;  ///< SIGCHLD as it was before we needed it
  /// ... unless this: then it is also killed when the thread that started it ends.
  std::optional<Seclusion> seclusion;
};

/// How it ended.
struct ChildEnd {
  int exit_status = 0;  ///< 128 + n when ended by signal n
  std::optional<int> signal;
  ResourceUse resources;
};

/// A running command, told apart from later processes of the same number by its pidfd. Move-only;
/// nobody else may wait for it.
class ChildProcess {
 public:
  /// Returns when the program runs, or with why it cannot. Safe beside other threads.
  static Result<ChildProcess> start(const ChildStart& how);

  pid_t id() const { return id_; }
  /// Readable when it has ended.
  int descriptor() const { return pidfd_.number(); }
  void send(int signal) const;
  /// Waits for its end.
  Result<ChildEnd> wait();

 private:
  ChildProcess(pid_t id, Descriptor pidfd) : id_(id), pidfd_(std::move(pidfd)) {}

  pid_t id_;
  Descriptor pidfd_;
};

ResourceUse to_resources(const rusage& usage);

}  // namespace turngreen::pipeline
