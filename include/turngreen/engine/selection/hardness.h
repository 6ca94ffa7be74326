#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace turngreen::selection {

/// Examples as token ids, head to tail, and their classes.
struct ScoredExamples {
  std::span<const std::int32_t> ids;      ///< [tokens of all]
  std::span<const std::int64_t> starts;   ///< [examples + 1]
  std::span<const std::int64_t> classes;  ///< [examples]
  std::int64_t outputs = 0;               ///< classes that there are
};

/// [examples] How unsure a cheap model is of each: 1 less the difference of its two largest
/// probabilities, so in [0, 1] and high near the boundary between classes. The model is a linear
/// one on hashed 1- and 2-grams of tokens, trained on the half of the examples that the one asked
/// about is not in, so that none is scored by what was learned from it by heart. Its labels are not
/// looked at in scoring: rows of large loss are too often those whose labels are wrong.
std::vector<float> hardness_of(const ScoredExamples& examples, std::uint64_t seed);

}  // namespace turngreen::selection
