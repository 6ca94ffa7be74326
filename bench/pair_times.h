#pragma once

#include <benchmark/benchmark.h>
#include <time.h>

#include <algorithm>
#include <cstdint>
#include <vector>

namespace turngreen::bench {

/// Times single begin-end pairs, to tell their median and their tail, which a mean over many hides.
class PairTimes {
 public:
  /// Seconds that `pair` took.
  template <typename Pair>
  double time(Pair pair) {
    const std::int64_t before = now();
    pair();
    nanoseconds_.push_back(now() - before);
    return static_cast<double>(nanoseconds_.back()) * 1e-9;
  }

  void report(benchmark::State& state) {
    state.counters["p50_ns"] = percentile(0.50);
    state.counters["p99_ns"] = percentile(0.99);
    state.counters["max_ns"] = percentile(1);
  }

  /// Keeps the processor busy, as the program would between two stages.
  static void work(std::int64_t nanoseconds) {
    const std::int64_t end = now() + nanoseconds;
    while (now() < end) continue;
  }

 private:
  static std::int64_t now() {
    timespec time{};
    ::clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1'000'000'000LL + time.tv_nsec;
  }
  double percentile(double share) {
    if (nanoseconds_.empty()) return 0;
    const auto at =
        static_cast<std::ptrdiff_t>(share * static_cast<double>(nanoseconds_.size() - 1));
    std::nth_element(nanoseconds_.begin(), nanoseconds_.begin() + at, nanoseconds_.end());
    return static_cast<double>(nanoseconds_[static_cast<std::size_t>(at)]);
  }

  std::vector<std::int64_t> nanoseconds_;
};

}  // namespace turngreen::bench
