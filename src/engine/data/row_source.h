#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "turngreen/engine/data/row_reader.h"
#include "turngreen/units/result.h"

namespace turngreen::data {

/// The columns that are wanted of a table.
struct Columns {
  std::string text;
  std::optional<std::string> label;
};

/// What RowSource::take found.
struct Taken {
  enum class Kind : std::uint8_t { row, bad_row, end } kind = Kind::row;
  std::string fault;  ///< of a bad row: the reason, without its place
};

/// The rows of a file in one format.
class RowSource {
 public:
  RowSource() = default;
  RowSource(const RowSource&) = delete;
  RowSource& operator=(const RowSource&) = delete;
  virtual ~RowSource() = default;

  /// Puts the next record into `row`, but for its number; of a bad one only the line counts. Error:
  /// there is no going on.
  virtual Result<Taken> take(Row& row) = 0;
  virtual std::uint64_t bytes_read() const = 0;
  virtual std::uint64_t bytes_in_all() const = 0;
};

}  // namespace turngreen::data
