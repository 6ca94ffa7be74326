#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <vector>

namespace turngreen::model::fused {

/// The gradient of those rows of an embedding table that were read, in memory that is kept: a
/// sparse tensor without duplicates, its rows in the order in which they were first met.
class RowGradients {
 public:
  explicit RowGradients(at::Tensor table) : table_(std::move(table)) {}

  /// `gradient` fp32 [tokens, features] of the rows `index` [tokens] is added to the table's
  /// gradient, or becomes it. The row `without_gradient` gets none (-1: all do).
  void add(const std::int64_t* index, const at::Tensor& gradient, std::int64_t without_gradient);

 private:
  void forget();
  /// Of each token, among the rows met; -1: gets none.
  void find_places(const std::int64_t* index, std::int64_t tokens, std::int64_t without_gradient);
  void make_room(std::int64_t rows);

  at::Tensor table_;
  std::vector<std::int32_t> place_of_row_;  ///< [rows of the table]; -1: not met
  std::vector<std::int64_t> place_of_token_;
  std::int64_t met_ = 0;
  at::Tensor rows_;    ///< int64 [1, room]
  at::Tensor values_;  ///< fp32 [room, features]
};

}  // namespace turngreen::model::fused
