#pragma once

#include <ATen/Parallel.h>

#include <atomic>
#include <cstdint>

namespace turngreen::model::fused {

/// Calls `work(begin, end, thread)` for pieces of [0, count), one for each of libtorch's threads:
/// the same pieces each time, so that sums which each thread keeps come out the same.
template <typename Work>
void share_out(std::int64_t count, const Work& work) {
  const std::int64_t threads = at::get_num_threads();
  const std::int64_t piece = (count + threads - 1) / threads;
  at::parallel_for(0, threads, 1, [&](std::int64_t first, std::int64_t last) {
    for (std::int64_t thread = first; thread < last; ++thread) {
      const std::int64_t begin = thread * piece;
      if (begin < count) work(begin, std::min(count, begin + piece), thread);
    }
  });
}

/// Calls `work(task, thread)` for each of [0, count), handed out in that order to whichever thread
/// is free. Tasks must not depend on each other.
template <typename Work>
void hand_out(std::int64_t count, const Work& work) {
  std::atomic<std::int64_t> next = 0;
  at::parallel_for(0, at::get_num_threads(), 1, [&](std::int64_t first, std::int64_t last) {
    for (std::int64_t thread = first; thread < last; ++thread) {
      for (std::int64_t task = next++; task < count; task = next++) work(task, thread);
    }
  });
}

}  // namespace turngreen::model::fused
