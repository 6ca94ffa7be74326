#pragma once

#include "json_row.h"
#include "row_source.h"
#include "text_window.h"

namespace turngreen::data {

/// JSON Lines. Blank lines are no rows.
class JsonlRows final : public RowSource {
 public:
  JsonlRows(TextWindow window, const Columns& columns)
      : window_(std::move(window)), parser_(columns) {}

  Result<Taken> take(Row& row) override;
  std::uint64_t bytes_read() const override { return window_.file().bytes_read(); }
  std::uint64_t bytes_in_all() const override { return window_.file().bytes_in_all(); }

 private:
  Result<std::size_t> end_of_line();

  TextWindow window_;
  JsonRowParser parser_;
  std::uint64_t line_ = 0;  ///< the one taken last
};

}  // namespace turngreen::data
