#pragma once

#include <sys/types.h>

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
  /// Waits for all; a signal that interrupts us is passed on. The largest exit status, 1 where a
  /// signal ended one.
  int wait(const std::function<void()>& meanwhile);

 private:
  std::vector<pid_t> ids_;
};

}  // namespace turngreen::cli
