#include "near_index.h"

#include <cmath>
#include <utility>

#include "turngreen/engine/selection/text_hash.h"

namespace turngreen::selection {

NearIndex::NearIndex(double threshold)
    : kernel_(best_min_hash_kernel()),
      least_equal_(static_cast<std::uint32_t>(std::ceil(threshold * kPermutations - 1e-9))),
      bands_(bands_for(threshold)),
      tables_(bands_.count) {}

std::uint64_t NearIndex::key_of(const Signature& signature, std::size_t band) const {
  const auto* places = reinterpret_cast<const char*>(signature.minima.data());
  const std::size_t bytes = bands_.places * sizeof(std::uint32_t);
  return hash_of({places + band * bytes, bytes}, band);
}

std::optional<Duplicate> NearIndex::find(const Signature& signature) {
  ++search_;
  std::uint32_t most_equal = 0;
  std::uint32_t best = 0;
  for (std::size_t band = 0; band < bands_.count; ++band) {
    const BandTable& table = tables_[band];
    for (std::uint32_t n = table.newest(key_of(signature, band)); n != BandTable::kNone;
         n = table.before(n)) {
      if (std::exchange(seen_in_[n], search_) == search_) continue;
      const std::uint32_t equal =
          kernel_.equal_places(signature.minima.data(), signatures_[n].minima.data());
      if (equal < most_equal || (equal == most_equal && n > best)) continue;
      most_equal = equal;
      best = n;
    }
  }
  if (most_equal < least_equal_) return std::nullopt;
  return Duplicate{rows_[best], most_equal / static_cast<double>(kPermutations)};
}

void NearIndex::add(const Signature& signature, std::uint64_t row) {
  for (std::size_t band = 0; band < bands_.count; ++band)
    tables_[band].add(key_of(signature, band));
  signatures_.push_back(signature);
  rows_.push_back(row);
  seen_in_.push_back(0);
}

}  // namespace turngreen::selection
