#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "turngreen/engine/selection/min_hash.h"

namespace turngreen::selection {

/// h -> factor * h + offset modulo 2^32, for each place of a signature.
struct Permutations {
  alignas(64) std::uint32_t factors[kPermutations];  ///< odd
  alignas(64) std::uint32_t offsets[kPermutations];
};

/// The inner loops of MinHash, compiled for one instruction set.
struct MinHashKernel {
  const char* name;     ///< "avx512", "avx2", "plain"
  bool (*supported)();  ///< by the processor that this runs on

  /// Lowers each minimum to the least that its permutation makes of the hashes.
  void (*lower)(const Permutations& permutations, const std::uint32_t* hashes, std::size_t count,
                std::uint32_t* minima);
  /// Places at which both signatures are equal.
  std::uint32_t (*equal_places)(const std::uint32_t* a, const std::uint32_t* b);
};

/// All that this build has, the fastest first; the last is the plain one, which runs everywhere.
std::span<const MinHashKernel* const> min_hash_kernels();

/// The first that this processor supports.
const MinHashKernel& best_min_hash_kernel();

#if defined(__x86_64__)
extern const MinHashKernel kMinHashAvx512;
extern const MinHashKernel kMinHashAvx2;
#endif
extern const MinHashKernel kMinHashPlain;

}  // namespace turngreen::selection
