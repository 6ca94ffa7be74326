#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <variant>

#include "turngreen/engine/selection/min_hash.h"
#include "turngreen/units/result.h"

namespace turngreen::selection {

/// Which texts count as one.
enum class Dedup : std::uint8_t {
  off,
  exact,  ///< the same bytes
  near,   ///< similar shingles, by their MinHash signatures
};

struct DedupOptions {
  Dedup dedup = Dedup::off;
  double threshold = 0.8;  ///< near: similarity from which two texts count as one, in (0, 1]
};

struct Duplicate {
  std::uint64_t row = 0;  ///< that it repeats
  double similarity = 1;  ///< estimated; 1 for exact ones
};

/// Finds texts that repeat earlier ones. Near: candidates are found by locality-sensitive hashing
/// (Leskovec et al., Mining of Massive Datasets, chapter 3), in bands chosen as datasketch does,
/// and verified by their signatures. So a pair of that similarity may be missed now and then, and
/// what is found is as similar as said but for the estimate's error.
class DuplicateFinder {
 public:
  /// Of a text, all that is needed to compare it with others.
  using Mark = std::variant<std::array<std::uint64_t, 2>, Signature>;

  /// Error: off, or a threshold that is out of range.
  static Result<DuplicateFinder> create(const DedupOptions& options);
  DuplicateFinder(DuplicateFinder&&) noexcept;
  DuplicateFinder& operator=(DuplicateFinder&&) noexcept;
  ~DuplicateFinder();

  /// Any number of threads at once, unlike the rest.
  Mark mark_of(std::string_view text) const;
  /// The most similar of those that were added; of equals the first.
  std::optional<Duplicate> find(const Mark& mark);
  void add(const Mark& mark, std::uint64_t row);

 private:
  struct Index;
  explicit DuplicateFinder(std::unique_ptr<Index> index);
  std::unique_ptr<Index> index_;
};

}  // namespace turngreen::selection
