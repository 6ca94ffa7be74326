#pragma once

#include <array>
#include <atomic>
#include <csignal>

namespace turngreen::engine {

/// While it lives, SIGINT and SIGTERM set a flag instead of ending the program; a second one ends
/// it as ever. One at a time.
class StopSignal {
 public:
  StopSignal();
  ~StopSignal();
  StopSignal(const StopSignal&) = delete;
  StopSignal& operator=(const StopSignal&) = delete;

  const std::atomic<bool>& flag() const;

 private:
  std::array<struct sigaction, 2> before_ = {};
};

}  // namespace turngreen::engine
