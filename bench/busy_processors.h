#pragma once

#include <sched.h>

#include <atomic>
#include <thread>
#include <vector>

namespace turngreen::bench {

/// Keeps every processor at work for its lifetime, with what nobody else wants of it (SCHED_IDLE):
/// what is measured in between wakes no processor up.
class BusyProcessors {
 public:
  BusyProcessors() {
    const unsigned count = std::thread::hardware_concurrency();
    for (unsigned i = 0; i < count; ++i) {
      threads_.emplace_back([this] {
        const sched_param none{};
        ::sched_setscheduler(0, SCHED_IDLE, &none);
        while (!stop_.load(std::memory_order_relaxed)) continue;
      });
    }
  }
  BusyProcessors(const BusyProcessors&) = delete;
  BusyProcessors& operator=(const BusyProcessors&) = delete;
  ~BusyProcessors() {
    stop_.store(true);
    for (auto& thread : threads_) thread.join();
  }

 private:
  std::atomic<bool> stop_{false};
  std::vector<std::thread> threads_;
};

}  // namespace turngreen::bench
