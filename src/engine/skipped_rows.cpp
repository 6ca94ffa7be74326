#include "skipped_rows.h"

#include <fmt/format.h>

namespace turngreen::engine {

void SkippedRows::tell(std::span<const data::BadRow> rows) {
  for (const data::BadRow& row : rows) {
    if (told_++ >= data::RowReader::kMostTold) return;
    err_ << fmt::format("turngreen {}: skipped {}\n", command_, row.message);
  }
}

}  // namespace turngreen::engine
