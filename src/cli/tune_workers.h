#pragma once

#include <sys/types.h>

#include <atomic>
#include <functional>
#include <vector>

#include "turngreen/units/result.h"

namespace turngreen::cli {

/// Worker processes: forked before anything is opened, so that each has a store of its own. They
/// die with this process (PR_SET_PDEATHSIG).
class TuneWorkers {
 public:
  /// Each runs `work` and exits with what it returns.
  static Result<TuneWorkers> start(std::size_t count, const std::function<int()>& work);
  /// Waits for all, and asks them to end (SIGTERM) once `stop` is set. The largest exit status, 1
  /// where a signal ended one.
  int wait(const std::atomic<bool>& stop, const std::function<void()>& meanwhile);

 private:
  void ask_to_end() const;

  std::vector<pid_t> ids_;
};

}  // namespace turngreen::cli
