#pragma once

#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <cstdint>
#include <ctime>

#include "turngreen/energy/instant.h"

namespace turngreen::energy {

/// Wakes one waiting thread without a lock; may be rung by any thread and in a signal handler.
class Bell {
 public:
  Bell() = default;
  Bell(const Bell&) = delete;
  Bell& operator=(const Bell&) = delete;

  void ring() noexcept {
    if (rung_.exchange(1, std::memory_order_acq_rel) == 0) futex(FUTEX_WAKE_PRIVATE, 1, nullptr);
  }
  /// Returns when rung since the last return, or at `until`; now and then before either.
  void wait(Instant until) noexcept {
    if (rung_.exchange(0, std::memory_order_acq_rel) != 0) return;
    const std::int64_t time = until.in_nanoseconds();
    // The one wait with an absolute deadline on CLOCK_MONOTONIC: it takes no clock reading first.
    const timespec deadline{time / kSecond, time % kSecond};
    futex(FUTEX_WAIT_BITSET_PRIVATE, 0, &deadline);
    rung_.exchange(0, std::memory_order_acq_rel);
  }

 private:
  static constexpr std::int64_t kSecond = 1'000'000'000;

  void futex(int operation, std::uint32_t value, const timespec* deadline) noexcept {
    ::syscall(SYS_futex, reinterpret_cast<std::uint32_t*>(&rung_), operation, value, deadline,
              nullptr, FUTEX_BITSET_MATCH_ANY);
  }

  std::atomic<std::uint32_t> rung_{0};
  static_assert(sizeof(rung_) == sizeof(std::uint32_t) && decltype(rung_)::is_always_lock_free);
};

}  // namespace turngreen::energy
