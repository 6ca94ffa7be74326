#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace turngreen::selection {

struct MinHashKernel;

inline constexpr std::size_t kPermutations = 128;
inline constexpr std::size_t kWordsOfShingle = 5;

/// What is left of a text: the share of equal places in two of them estimates the Jaccard
/// similarity of the texts' shingles, with a standard error of at most 0.044 (Broder: On the
/// resemblance and containment of documents, 1997).
struct Signature {
  alignas(64) std::array<std::uint32_t, kPermutations> minima;
  friend bool operator==(const Signature&, const Signature&) = default;
};

/// Signatures of texts. Words are what lies between white space (of ASCII), a shingle is five of
/// them in a row, or all of a text that has fewer. The permutations are those of datasketch's
/// scheme affine32: odd a, any b, h -> a * h + b modulo 2^32, on hashes that have been mixed.
/// Any number of threads at once.
class MinHash {
 public:
  MinHash();  ///< for the fastest instruction set of this processor
  Signature signature_of(std::string_view text) const;

 private:
  const MinHashKernel* kernel_;
};

/// In [0, 1]. Two texts without words are alike.
double similarity(const Signature& a, const Signature& b);

}  // namespace turngreen::selection
