#pragma once

#include <optional>
#include <vector>

#include "band_table.h"
#include "bands.h"
#include "min_hash_kernel.h"
#include "turngreen/engine/selection/duplicates.h"

namespace turngreen::selection {

/// Signatures by their bands.
class NearIndex {
 public:
  explicit NearIndex(double threshold);
  std::optional<Duplicate> find(const Signature& signature);
  void add(const Signature& signature, std::uint64_t row);

 private:
  std::uint64_t key_of(const Signature& signature, std::size_t band) const;

  const MinHashKernel& kernel_;
  std::uint32_t least_equal_;  ///< places, for a pair to count as similar
  Bands bands_;
  std::vector<BandTable> tables_;  ///< one for each band
  std::vector<Signature> signatures_;
  std::vector<std::uint64_t> rows_;
  std::vector<std::uint32_t> seen_in_;  ///< of each signature: the last search that compared it
  std::uint32_t search_ = 0;
};

}  // namespace turngreen::selection
