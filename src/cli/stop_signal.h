#pragma once

#include <atomic>

#include <csignal>

namespace turngreen::cli {

/// While it lives, SIGINT, SIGTERM and SIGHUP set a flag instead of ending the program; a second
/// one ends it as ever. One at a time.
class StopSignal {
 public:
  StopSignal();
  ~StopSignal();
  StopSignal(const StopSignal&) = delete;
  StopSignal& operator=(const StopSignal&) = delete;

  const std::atomic<bool>& flag() const;

 private:
  struct sigaction before_[3] = {};
};

}  // namespace turngreen::cli
