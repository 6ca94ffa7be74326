#pragma once

#include <optional>
#include <vector>

#include "score_table.h"

namespace turngreen::metrics {

/// Percentile intervals of each figure over resamples of the rows, drawn with replacement (Efron
/// and Tibshirani 1993, chapter 13). Absent for a figure that more than a tenth of the resamples
/// leave undefined. The same seed gives the same intervals anywhere.
std::vector<std::optional<Interval>> bootstrap_intervals(const ScoreTable& table, std::size_t rows,
                                                         const MetricOptions& options);

}  // namespace turngreen::metrics
