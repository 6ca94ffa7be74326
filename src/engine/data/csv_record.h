#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace turngreen::data {

/// A field as it lies in the text of its record: [begin, end), quotes included.
struct CsvField {
  std::size_t begin = 0;
  std::size_t end = 0;
  bool is_quoted = false;
  bool has_doubled_quotes = false;
};

struct CsvRecord {
  std::size_t length = 0;  ///< bytes, with the line end
  std::size_t lines = 0;   ///< line ends in it
  std::vector<CsvField> fields;
  std::string_view fault;  ///< why it is a bad row; empty: it is none
};

/// Scans the record at the beginning of `text` into `record`. False where it does not end there and
/// `is_whole` is not set: more text may follow.
///
/// Records end where those of Python's csv module do, however faulty (RFC 4180; a line may end with
/// CR, LF or both; quotes within a field that begins with none stand for themselves); faulty are
/// those whose quotes are not closed, or have text behind them.
bool scan_csv_record(std::string_view text, char separator, bool is_whole, CsvRecord& record);

/// The field without its quotes. `text` is what the record was scanned from.
void assign_field(std::string& value, std::string_view text, const CsvField& field);

}  // namespace turngreen::data
