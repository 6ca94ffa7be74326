#pragma once

#include <cstddef>

namespace turngreen::selection {

/// Places of a signature in bands: texts that are equal in all places of one band are candidates.
struct Bands {
  std::size_t count = 0;
  std::size_t places = 0;  ///< of each
  friend bool operator==(const Bands&, const Bands&) = default;
};

/// Those that err least for that similarity: the probabilities that a pair below it becomes a
/// candidate and that one above it does not, each integrated over all similarities, and added. That
/// is the choice of datasketch's MinHashLSH with its default weights.
Bands bands_for(double threshold);

}  // namespace turngreen::selection
