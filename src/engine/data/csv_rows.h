#pragma once

#include <memory>

#include "csv_record.h"
#include "row_source.h"
#include "text_window.h"

namespace turngreen::data {

/// Comma- or tab-separated values with a header. Empty lines are no rows.
class CsvRows final : public RowSource {
 public:
  /// Error: no header, or no such column in it, or two of that name.
  static Result<std::unique_ptr<RowSource>> open(TextWindow window, char separator,
                                                 const Columns& columns);

  Result<Taken> take(Row& row) override;
  std::uint64_t bytes_read() const override { return window_.file().bytes_read(); }
  std::uint64_t bytes_in_all() const override { return window_.file().bytes_in_all(); }

 private:
  CsvRows(TextWindow window, char separator) : window_(std::move(window)), separator_(separator) {}
  Result<bool> scan();
  Result<void> read_header(const Columns& columns);

  TextWindow window_;
  char separator_;
  CsvRecord record_;
  std::uint64_t next_line_ = 1;
  std::size_t columns_ = 0;
  std::size_t text_ = 0;  ///< the column
  std::optional<std::size_t> label_;
};

}  // namespace turngreen::data
