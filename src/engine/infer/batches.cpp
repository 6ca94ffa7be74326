#include "infer/batches.h"

#include <algorithm>
#include <numeric>

namespace turngreen::infer {

BatchRules batch_rules(const InferenceOptions& options) {
  return {.size = options.batch_size, .bucketed = options.batching == Batching::bucketed};
}

std::vector<std::vector<std::int64_t>> batches_of(const data::Examples& examples,
                                                  const BatchRules& rules) {
  std::vector<std::int64_t> order(static_cast<std::size_t>(examples.size()));
  std::iota(order.begin(), order.end(), std::int64_t{0});
  if (rules.bucketed) {
    // The longest first: memory is taken once, and what is told of the time left errs upwards.
    std::stable_sort(order.begin(), order.end(), [&](std::int64_t a, std::int64_t b) {
      return examples.ids_of(a).size() > examples.ids_of(b).size();
    });
  }
  std::vector<std::vector<std::int64_t>> batches;
  const auto size = static_cast<std::size_t>(rules.size);
  for (std::size_t begin = 0; begin < order.size(); begin += size) {
    const std::size_t end = std::min(order.size(), begin + size);
    batches.emplace_back(order.begin() + static_cast<std::ptrdiff_t>(begin),
                         order.begin() + static_cast<std::ptrdiff_t>(end));
  }
  return batches;
}

}  // namespace turngreen::infer
