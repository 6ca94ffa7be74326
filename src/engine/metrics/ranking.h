#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "score_table.h"

namespace turngreen::metrics {

/// Rows in the order of a score, sorted once for all resamples.
class Ranking {
 public:
  /// Spans of equal length; `positive` is 0 or 1.
  Ranking(std::span<const double> scores, std::span<const std::uint8_t> positive);

  struct Areas {
    std::optional<double> roc;  ///< absent unless there are rows of either kind
    /// Average precision: the sum of precision times the step in recall, without interpolation
    /// (as scikit-learn). Absent where no row is positive.
    std::optional<double> precision_recall;
  };
  /// Rows of equal score count as one step, so that their order does not matter.
  Areas areas(Weights weights) const;

 private:
  struct Entry {
    std::uint32_t row;
    bool is_positive;
    bool ends_tie;  ///< the next row has another score
  };
  std::vector<Entry> entries_;  ///< from the highest score on
};

}  // namespace turngreen::metrics
