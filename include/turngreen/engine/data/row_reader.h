#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "turngreen/units/result.h"

namespace turngreen::data {

/// What a cell holds; monostate: null or empty where the column is optional.
using Cell = std::variant<std::monostate, std::int64_t, double, std::string, std::vector<double>>;

/// A row of a table.
struct Row {
  std::uint64_t number = 0;  ///< from 0, bad rows counted
  std::string text;          ///< UTF-8 as it was in the file
  Cell label;                ///< monostate where no label was asked for
};

enum class BadRows : std::uint8_t { error, skip };

enum class Format : std::uint8_t { by_name, jsonl, csv, tsv, parquet, arrow };

struct ReadOptions {
  std::string text;                  ///< the column of texts
  std::optional<std::string> label;  ///< the column of labels
  BadRows on_bad_row = BadRows::error;
  /// by_name: from .jsonl .ndjson .json .csv .tsv .parquet .arrow .feather, with .gz or .zst behind
  /// it; standard input ("-") is JSON Lines then.
  Format format = Format::by_name;
};

/// A row that was left out, for people: "train.csv:17: ...".
struct BadRow {
  std::uint64_t number = 0;
  std::string message;
};

/// Reads rows one after the other, whatever the format, in memory that does not grow with the file.
class RowReader {
 public:
  /// Error: no such file, a format not known or not built in, no such column (those there are, and
  /// the nearest).
  static Result<RowReader> open(const std::string& file, const ReadOptions& options);
  RowReader(RowReader&&) noexcept;
  RowReader& operator=(RowReader&&) noexcept;
  ~RowReader();

  /// Replaces `rows` by up to `limit` further good rows; none at the end. Error: as file, line and
  /// reason, the first bad row where those are errors; reading failed.
  Result<void> next(std::vector<Row>& rows, std::size_t limit);

  /// Those left out by the last next().
  const std::vector<BadRow>& bad_rows() const;
  std::uint64_t bytes_read() const;    ///< of the file as it lies on the disk
  std::uint64_t bytes_in_all() const;  ///< 0 where that is not known

 private:
  class Source;
  explicit RowReader(std::unique_ptr<Source> source);
  std::unique_ptr<Source> source_;
};

}  // namespace turngreen::data
