#include "turngreen/engine/data/encoders.h"

#include <algorithm>
#include <atomic>
#include <thread>

namespace turngreen::data {
namespace {

/// Few enough that threads end together, many enough that taking a run costs nothing.
constexpr std::size_t kItemsOfRun = 64;

}  // namespace

Encoders::Encoders(const tokenizer::Tokenizer& tokenizer, int threads) {
  for (int n = 0; n < std::max(threads, 1); ++n) encoders_.emplace_back(tokenizer);
}

std::size_t Encoders::runs_of(std::size_t count) { return (count + kItemsOfRun - 1) / kItemsOfRun; }

void Encoders::for_each_run(std::size_t count,
                            const std::function<void(tokenizer::Encoder& encoder, Run run)>& work) {
  std::atomic<std::size_t> next{0};
  const std::size_t runs = runs_of(count);
  const auto take_runs = [&](tokenizer::Encoder& encoder) {
    for (std::size_t index = next++; index < runs; index = next++) {
      const std::size_t begin = index * kItemsOfRun;
      work(encoder, {index, begin, std::min(begin + kItemsOfRun, count)});
    }
  };
  std::vector<std::jthread> others;
  for (std::size_t n = 1; n < std::min(encoders_.size(), runs); ++n) {
    others.emplace_back(take_runs, std::ref(encoders_[n]));
  }
  take_runs(encoders_[0]);
  others.clear();  // joins them
}

}  // namespace turngreen::data
