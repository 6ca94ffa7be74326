#include "ranking.h"

#include <algorithm>
#include <numeric>

namespace turngreen::metrics {

Ranking::Ranking(std::span<const double> scores, std::span<const std::uint8_t> positive) {
  std::vector<std::uint32_t> order(scores.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(),
            [&](std::uint32_t a, std::uint32_t b) { return scores[a] > scores[b]; });
  entries_.reserve(order.size());
  for (std::size_t at = 0; at < order.size(); ++at) {
    const bool ends = at + 1 == order.size() || scores[order[at + 1]] != scores[order[at]];
    entries_.push_back({order[at], positive[order[at]] != 0, ends});
  }
}

Ranking::Areas Ranking::areas(Weights weights) const {
  double positives = 0;  // above, and in the tie
  double negatives = 0;
  double tied_positives = 0;
  double tied_negatives = 0;
  double won = 0;  // pairs of a positive above a negative; half where they tie
  double precisions = 0;
  for (const Entry& entry : entries_) {
    (entry.is_positive ? tied_positives : tied_negatives) += weights[entry.row];
    if (!entry.ends_tie) continue;
    won += tied_negatives * (positives + tied_positives / 2);
    positives += tied_positives;
    negatives += tied_negatives;
    if (tied_positives > 0) precisions += tied_positives * positives / (positives + negatives);
    tied_positives = tied_negatives = 0;
  }
  Areas areas;
  if (positives > 0 && negatives > 0) areas.roc = won / (positives * negatives);
  if (positives > 0) areas.precision_recall = precisions / positives;
  return areas;
}

}  // namespace turngreen::metrics
