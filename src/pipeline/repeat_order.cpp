#include "repeat_order.h"

#include <bit>
#include <numeric>
#include <utility>
#include <vector>

namespace turngreen::pipeline {
namespace {

/// SplitMix64 (Steele, Lea and Flood 2014). The standard library's shuffle differs from one to the
/// next.
class Random {
 public:
  explicit Random(std::uint64_t state) : state_(state) {}
  std::uint64_t next() {
    std::uint64_t z = state_ += 0x9e3779b97f4a7c15;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
  }
  void mix_in(std::uint64_t number) { state_ = next() ^ number; }

 private:
  std::uint64_t state_;
};

}  // namespace

std::size_t drawn_repeat(std::size_t count, const knobs::Configuration& configuration,
                         double fidelity, std::uint64_t seed) {
  Random random(seed / count);
  for (const knobs::Level level : configuration.levels) random.mix_in(level);
  random.mix_in(std::bit_cast<std::uint64_t>(fidelity));
  std::vector<std::size_t> order(count);
  std::iota(order.begin(), order.end(), 0);
  for (std::size_t left = count; left > 1; --left) {
    std::swap(order[left - 1], order[random.next() % left]);
  }
  return order[seed % count];
}

}  // namespace turngreen::pipeline
