#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "turngreen/units/result.h"

namespace turngreen::units {

/// Takes the records out of comma-separated text (RFC 4180: quoted fields may hold commas, line
/// ends and doubled quotes), one at a time. A byte order mark, CRLF and empty lines are passed
/// over. The text must outlive it.
class CsvRecords {
 public:
  explicit CsvRecords(std::string_view text);

  /// Puts the next record into `fields`; false after the last one. An error ends the reading: a
  /// quote that is never closed or stands inside a field, or more than 1,000 fields.
  Result<bool> next(std::vector<std::string>& fields);

  /// The line, from 1, on which the record begins that next() gave or failed at.
  std::size_t line() const { return record_line_; }

 private:
  bool at_end() const { return at_ == text_.size(); }
  bool take_line_end();
  Result<std::string> take_field();
  Result<std::string> take_quoted_field();

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
  std::size_t record_line_ = 1;
};

}  // namespace turngreen::units
