#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace turngreen::selection {

/// Which examples a sample takes.
enum class Sampling : std::uint8_t {
  random,    ///< by chance, of each class its share
  balanced,  ///< by chance, of all classes as many, or all where there are not so many
  /// Of each class its share: half of it those that score highest, the rest by chance. The hardest
  /// alone teach less than chance does (docs/engine-train.md has figures).
  hard,
};

struct SampleOptions {
  double fraction = 1;  ///< of the examples, in (0, 1]
  Sampling sampling = Sampling::random;
  std::uint64_t seed = 42;
};

/// What is chosen from.
struct Population {
  std::int64_t examples = 0;
  /// [examples] for single-label problems; empty elsewhere: all are of one class then.
  std::span<const std::int64_t> classes = {};
  std::span<const float> hardness = {};  ///< [examples], for `hard`
};

/// The chosen examples in their order: fraction * examples of them, rounded, at least one; and at
/// least one of each class, where there are as many. The same seed chooses the same ones.
std::vector<std::int64_t> sample(const Population& population, const SampleOptions& options);

}  // namespace turngreen::selection
