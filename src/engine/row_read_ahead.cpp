#include "row_read_ahead.h"

#include <utility>

namespace turngreen::engine {

void RowReadAhead::begin() {
  reading_ = std::async(std::launch::async, [this] { return reader_.next(ahead_.rows, limit_); });
}

Result<void> RowReadAhead::next(RowBatch& batch) {
  if (const auto read = reading_.get(); !read) return read;
  std::swap(batch, ahead_);  // the old rows' memory is used again
  batch.bad_rows = reader_.bad_rows();
  batch.bad_row_count = reader_.bad_row_count();
  batch.bytes_read = reader_.bytes_read();
  if (!batch.rows.empty()) begin();
  return {};
}

}  // namespace turngreen::engine
