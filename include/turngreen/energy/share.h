#pragma once

#include <span>

#include "turngreen/units/duration.h"

namespace turngreen::energy {

/// How much of a domain's work was one process tree's, as two sums since some moment in the past.
/// The share over an interval is the tree's increase over the whole's.
struct ShareReading {
  bool known = false;     ///< false: this domain's work cannot be told apart (MIG, no accounting)
  units::Duration tree;   ///< work of the process tree
  units::Duration whole;  ///< work of everybody
  units::Duration tree_step;   ///< how coarse `tree` is counted
  units::Duration whole_step;  ///< how coarse `whole` is counted

  friend bool operator==(const ShareReading&, const ShareReading&) = default;
};

/// Tells each domain's share; with one, the meter counts the tree's joules instead of the
/// machine's.
class ShareReader {
 public:
  ShareReader() = default;
  ShareReader(const ShareReader&) = delete;
  ShareReader& operator=(const ShareReader&) = delete;
  virtual ~ShareReader() = default;

  /// One reading per domain of the meter, in its order. Called by the sampling thread only.
  virtual void read(std::span<ShareReading> out) noexcept = 0;
};

}  // namespace turngreen::energy
