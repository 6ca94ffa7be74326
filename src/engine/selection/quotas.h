#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace turngreen::selection {

/// How many of each class a sample of `count` takes, in proportion to their sizes: by the largest
/// remainders, and one at least of each class that has any, where `count` is enough for that.
std::vector<std::int64_t> proportional_quotas(std::span<const std::int64_t> sizes,
                                              std::int64_t count);

/// As many of each class, but no more than it has; the others make up for it.
std::vector<std::int64_t> equal_quotas(std::span<const std::int64_t> sizes, std::int64_t count);

}  // namespace turngreen::selection
