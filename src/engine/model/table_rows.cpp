#include "model/table_rows.h"

#include <ATen/ops/embedding.h>

namespace turngreen::model {

at::Tensor look_up(const TableRows& read, std::optional<std::int64_t> pad_id, bool row_gradients) {
  return at::embedding(read.table, read.rows, pad_id.value_or(-1), /*scale_grad_by_freq=*/false,
                       row_gradients);
}

}  // namespace turngreen::model
