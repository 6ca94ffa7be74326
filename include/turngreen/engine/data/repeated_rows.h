#pragma once

#include <cstdint>
#include <vector>

#include "turngreen/engine/selection/duplicates.h"

namespace turngreen::data {

/// What becomes of rows whose texts repeat others.
struct RepeatSearch {
  selection::DuplicateFinder* finder = nullptr;  ///< none: nothing is searched for
  /// Rows that repeat none are added to the finder, those that do are left out. Otherwise all rows
  /// stay, and are compared with those that the finder has.
  bool leaves_out = true;
};

struct RepeatedRow {
  std::uint64_t row = 0;
  selection::Duplicate of;
};

struct RepeatedRows {
  std::vector<RepeatedRow> rows;
  /// Of those left out: rows whose label is not that of the row that they repeat.
  std::uint64_t of_other_label = 0;
};

}  // namespace turngreen::data
