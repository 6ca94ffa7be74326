#pragma once

#include <sys/types.h>

#include <csignal>
#include <cstddef>
#include <unordered_set>
#include <vector>

#include "turngreen/pipeline/measurement.h"

namespace turngreen::pipeline {

/// While it lives, descendants whose parent ends become our children (PR_SET_CHILD_SUBREAPER) and
/// can be waited for, so that their use is counted. Children that we had before are left alone;
/// those that other threads start meanwhile cannot be told from orphans. One at a time.
class Subreaper {
 public:
  Subreaper();
  ~Subreaper();  ///< as it was before
  Subreaper(const Subreaper&) = delete;
  Subreaper& operator=(const Subreaper&) = delete;

  /// The command itself, which is waited for elsewhere.
  void leave_alone(pid_t child) { not_orphans_.insert(child); }
  /// Waits for the orphans that have ended, without blocking. Says what they used since the last
  /// call.
  ResourceUse reap();
  /// How many processes of ours still run: orphans and all below them.
  std::size_t survivors() const { return living().size(); }
  /// Some orphan is there, ended or not. Where processes start others and end at once, this alone
  /// tells whether one is left: `living` may miss who moves to us meanwhile.
  bool has_orphans() const;
  /// Those that still run one by one; with the command (0: without it) and all below it.
  std::vector<pid_t> living(pid_t command = 0) const;

  /// SIGCHLD is ignored in this process, or was until the constructor: children inherit that.
  bool child_signal_was_ignored() const { return before_.sa_handler == SIG_IGN; }

 private:
  std::unordered_set<pid_t> not_orphans_;
  int was_subreaper_ = 0;
  struct sigaction before_ {};
};

/// Adds up times; the peak is the larger one.
ResourceUse operator+(const ResourceUse& a, const ResourceUse& b);

}  // namespace turngreen::pipeline
