#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <optional>

namespace turngreen::model {

/// Rows of an embedding table that a batch reads.
struct TableRows {
  at::Tensor table;  ///< the parameter, [rows of the table, features]
  at::Tensor rows;   ///< int64 [tokens], on the table's device; a row may come several times
};

/// [tokens, features]. The row `pad_id` gets no gradient, as in the reference; with `row_gradients`
/// the table's gradient is sparse.
at::Tensor look_up(const TableRows& read, std::optional<std::int64_t> pad_id, bool row_gradients);

}  // namespace turngreen::model
