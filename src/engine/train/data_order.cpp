#include "train/data_order.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/core/Tensor.h>
#include <ATen/ops/randperm.h>

#include <algorithm>

namespace turngreen::train {
namespace {

/// Batches that are sorted by length together: as many as transformers' LengthGroupedSampler takes.
constexpr std::int64_t kBatchesOfWindow = 50;

std::vector<std::int64_t> permutation(std::int64_t size, at::Generator& generator) {
  const at::Tensor numbers = at::randperm(size, generator, at::kLong);  // [size]
  const auto* begin = numbers.const_data_ptr<std::int64_t>();
  return {begin, begin + size};
}

std::vector<Batch> cut(const std::vector<std::int64_t>& order, std::int64_t size) {
  std::vector<Batch> batches;
  for (auto begin = order.begin(); begin != order.end();) {
    const auto end = begin + std::min<std::int64_t>(size, order.end() - begin);
    batches.emplace_back(begin, end);
    begin = end;
  }
  return batches;
}

/// Sorts each window by length, cuts it into batches, and shuffles those: else lengths would fall
/// within every window, and gradients with them.
std::vector<Batch> bucketed(std::vector<std::int64_t> order, const data::Examples& examples,
                            std::int64_t batch_size, at::Generator& generator) {
  const auto length = [&](std::int64_t example) {
    const auto at = static_cast<std::size_t>(example);
    return examples.starts[at + 1] - examples.starts[at];
  };
  std::vector<Batch> batches;
  for (Batch& window : cut(order, batch_size * kBatchesOfWindow)) {
    std::stable_sort(window.begin(), window.end(),
                     [&](std::int64_t a, std::int64_t b) { return length(a) < length(b); });
    auto sorted = cut(window, batch_size);
    for (const std::int64_t at : permutation(static_cast<std::int64_t>(sorted.size()), generator))
      batches.push_back(std::move(sorted[static_cast<std::size_t>(at)]));
  }
  return batches;
}

}  // namespace

model::Layout layout_of(Batching batching) {
  return batching == Batching::packed ? model::Layout::packed : model::Layout::padded;
}

std::vector<Batch> batches_of_epoch(const data::Examples& examples, const TrainOptions& options,
                                    std::int64_t epoch) {
  auto generator = at::detail::createCPUGenerator(options.seed + static_cast<std::uint64_t>(epoch));
  auto order = permutation(examples.size(), generator);
  return options.batching == Batching::bucketed
             ? bucketed(std::move(order), examples, options.batch_size, generator)
             : cut(order, options.batch_size);
}

}  // namespace turngreen::train
