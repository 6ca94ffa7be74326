#pragma once

#include <cstddef>
#include <cstdint>
#include <future>
#include <vector>

#include "turngreen/engine/data/row_reader.h"
#include "turngreen/units/result.h"

namespace turngreen::engine {

/// Rows of a file that lie in memory together, and what was left out before them.
struct RowBatch {
  std::vector<data::Row> rows;  ///< none at the end
  std::vector<data::BadRow> bad_rows;
  std::uint64_t bad_row_count = 0;  ///< so far
  std::uint64_t bytes_read = 0;
};

/// Reads rows on a thread of its own, a batch ahead of whoever works on them.
class RowReadAhead {
 public:
  /// `limit`: rows of a batch at most. The reader must outlive it, and is its own until then.
  RowReadAhead(data::RowReader& reader, std::size_t limit) : reader_(reader), limit_(limit) {
    begin();
  }

  /// Replaces `batch` by the next one. Not to be called after the end or an error.
  Result<void> next(RowBatch& batch);

 private:
  void begin();

  data::RowReader& reader_;
  std::size_t limit_;
  RowBatch ahead_;
  std::future<Result<void>> reading_;  ///< last, so that it is waited for before the rest goes
};

}  // namespace turngreen::engine
