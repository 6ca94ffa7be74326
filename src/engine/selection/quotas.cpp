#include "quotas.h"

#include <algorithm>
#include <numeric>

namespace turngreen::selection {
namespace {

std::vector<std::size_t> numbered(std::size_t size) {
  std::vector<std::size_t> numbers(size);
  std::iota(numbers.begin(), numbers.end(), std::size_t{0});
  return numbers;
}

}  // namespace

std::vector<std::int64_t> proportional_quotas(std::span<const std::int64_t> sizes,
                                              std::int64_t count) {
  const auto all = std::accumulate(sizes.begin(), sizes.end(), std::int64_t{0});
  std::vector<std::int64_t> quotas(sizes.size());
  if (all == 0) return quotas;
  std::vector<double> exact(sizes.size());
  const auto occurring = std::count_if(sizes.begin(), sizes.end(), [](auto n) { return n > 0; });
  const bool all_occur = count >= occurring;
  std::int64_t given = 0;
  for (std::size_t n = 0; n < sizes.size(); ++n) {
    exact[n] =
        static_cast<double>(sizes[n]) * static_cast<double>(count) / static_cast<double>(all);
    quotas[n] = std::min(sizes[n], std::max<std::int64_t>(static_cast<std::int64_t>(exact[n]),
                                                          all_occur && sizes[n] > 0 ? 1 : 0));
    given += quotas[n];
  }
  auto order = numbered(sizes.size());
  const auto lacks = [&](std::size_t n) { return exact[n] - static_cast<double>(quotas[n]); };
  while (given != count) {
    // The class that lacks most gets one more, or the one that has most too many gives one back.
    const bool gives = given < count;
    const auto next =
        std::max_element(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
          const auto want = [&](std::size_t n) {
            if (gives) return quotas[n] < sizes[n] ? lacks(n) : -2.0 * static_cast<double>(all);
            return quotas[n] > 1 ? -lacks(n) : -2.0 * static_cast<double>(all);
          };
          return want(a) < want(b);
        });
    quotas[*next] += gives ? 1 : -1;
    given += gives ? 1 : -1;
  }
  return quotas;
}

std::vector<std::int64_t> equal_quotas(std::span<const std::int64_t> sizes, std::int64_t count) {
  std::vector<std::int64_t> quotas(sizes.size());
  auto order = numbered(sizes.size());
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return sizes[a] < sizes[b]; });
  auto classes = static_cast<std::int64_t>(sizes.size());
  for (const std::size_t n : order) {  // the smallest first: what they lack goes to the others
    quotas[n] = std::min(sizes[n], count / classes);
    count -= quotas[n];
    --classes;
  }
  return quotas;
}

}  // namespace turngreen::selection
