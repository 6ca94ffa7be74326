#pragma once

#include <unordered_map>
#include <utility>

#include "turngreen/engine/data/repeated_rows.h"
#include "turngreen/engine/data/row_reader.h"

namespace turngreen::data {

/// Tells which rows of a file repeat others, as they come.
class RepeatFilter {
 public:
  using Mark = selection::DuplicateFinder::Mark;

  explicit RepeatFilter(const RepeatSearch& search) : search_(search) {}

  bool is_asked() const { return search_.finder != nullptr; }
  /// Any number of threads at once, unlike the rest.
  Mark mark_of(const Row& row) const { return search_.finder->mark_of(row.text); }
  /// Whether it repeats another and is to be left out.
  bool drops(const Row& row, const Mark& mark);
  /// A row that has been taken.
  void keep(const Row& row, const Mark& mark);
  RepeatedRows found() && { return std::move(found_); }

 private:
  RepeatSearch search_;
  RepeatedRows found_;
  std::unordered_map<std::uint64_t, Cell> labels_;  ///< of rows that were kept
};

}  // namespace turngreen::data
