#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <thread>
#include <vector>

namespace turngreen::linear {

/// Items [begin, end) of a list, the `index`-th block of them.
struct Block {
  std::size_t index = 0;
  std::size_t begin = 0;
  std::size_t end = 0;
};

inline std::size_t blocks_of(std::size_t count, std::size_t length) {
  return (count + length - 1) / length;
}

/// Calls `work` for the blocks of [0, count), in any order and on any of the threads, and waits for
/// all. Blocks do not depend on the number of threads, so neither does what is summed up within
/// them. `work` must not throw, and write only what belongs to its block.
template <typename Work>
void for_each_block(std::size_t count, std::size_t length, int threads, const Work& work) {
  const std::size_t blocks = blocks_of(count, length);
  std::atomic<std::size_t> next{0};
  const auto take = [&] {
    for (std::size_t index = next++; index < blocks; index = next++)
      work(Block{index, index * length, std::min(count, (index + 1) * length)});
  };
  std::vector<std::thread> others;
  for (std::size_t n = 1; n < std::min(blocks, static_cast<std::size_t>(std::max(threads, 1))); ++n)
    others.emplace_back(take);
  take();
  for (std::thread& other : others) other.join();
}

}  // namespace turngreen::linear
