#pragma once

#include <cstdint>

namespace turngreen::kernels {

/// How activations lie in memory. Sums, exponentials and statistics are fp32 in either.
enum class Storage : std::uint8_t { f32, bf16 };

/// Zeroes a value with a probability, and multiplies the others by `scale`. Which ones depends on
/// the seed and the value's place alone (a hash instead of a stored mask), so that the backward
/// pass knows them again. Two neighbouring places share a hash, of which each takes 16 bits.
struct Dropout {
  std::uint32_t seed = 0;
  std::uint32_t threshold = 0;  ///< the probability times 2^16; 0: nothing is zeroed
  float scale = 1;              ///< 1 / (1 - probability)
};

/// `probability` in [0, 1); rounded to a multiple of 2^-16.
Dropout dropout_of(double probability, std::uint32_t seed);

/// Whether the value at `place` is kept: the definition that all kernels follow.
bool keeps(const Dropout& dropout, std::uint32_t place);

}  // namespace turngreen::kernels
