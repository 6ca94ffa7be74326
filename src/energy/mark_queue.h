#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>

#include "turngreen/energy/mark.h"

namespace turngreen::energy {

/// Carries marks from any number of threads to the one that accounts them. Bounded; no lock, no
/// allocation after construction. Marks of one thread come out in order.
class MarkQueue {
 public:
  static constexpr std::size_t kCapacity = std::size_t{1} << 14;

  MarkQueue() : slots_(new Slot[kCapacity]) {}

  /// Adds a mark; false when there is no room, and then nothing was added. `nearly_full` is set
  /// when the reader should come soon.
  bool push(const Mark& mark, bool& nearly_full) noexcept {
    std::uint64_t ticket = next_.load(std::memory_order_relaxed);
    do {
      // Signed: a stale ticket may lie behind what was taken since.
      if (static_cast<std::int64_t>(ticket - taken_.load(std::memory_order_acquire)) >=
          static_cast<std::int64_t>(kCapacity)) {
        nearly_full = true;
        return false;
      }
    } while (!next_.compare_exchange_weak(ticket, ticket + 1, std::memory_order_relaxed));
    Slot& slot = slots_[ticket % kCapacity];
    slot.mark = mark;
    slot.ticket.store(ticket + 1, std::memory_order_release);
    nearly_full = ticket - taken_.load(std::memory_order_relaxed) == kCapacity / 2;
    return true;
  }

  /// Takes the oldest mark; false when there is none, or when it is still being written. One reader
  /// at a time.
  bool pop(Mark& mark) noexcept {
    const std::uint64_t ticket = taken_.load(std::memory_order_relaxed);
    Slot& slot = slots_[ticket % kCapacity];
    if (slot.ticket.load(std::memory_order_acquire) != ticket + 1) return false;
    mark = slot.mark;
    taken_.store(ticket + 1, std::memory_order_release);
    return true;
  }

  /// Whether marks are still being written by threads that had begun.
  bool empty() const noexcept {
    return taken_.load(std::memory_order_acquire) == next_.load(std::memory_order_acquire);
  }

 private:
  struct Slot {
    std::atomic<std::uint64_t> ticket{0};  // of the mark it holds, plus one
    Mark mark;
  };
  std::unique_ptr<Slot[]> slots_;
  alignas(64) std::atomic<std::uint64_t> next_{0};
  alignas(64) std::atomic<std::uint64_t> taken_{0};
};

}  // namespace turngreen::energy
