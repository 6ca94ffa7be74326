#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "turngreen/units/result.h"

namespace turngreen::data {

/// What a cell holds. monostate: null, or empty in CSV. Truth values are integers 0 and 1. Cells of
/// CSV are texts, whatever they look like.
using Cell = std::variant<std::monostate, std::int64_t, double, std::string, std::vector<double>,
                          std::vector<std::string>>;

/// A row of a table.
struct Row {
  std::uint64_t number = 0;  ///< from 0; bad rows count, blank lines do not
  std::uint64_t line = 0;    ///< on which it begins, from 1; 0 in formats that have no lines
  std::string text;          ///< as it was in the file; UTF-8 if that is
  Cell label;                ///< monostate where no label was asked for
};

enum class BadRows : std::uint8_t { error, skip };

enum class Format : std::uint8_t { by_name, jsonl, csv, tsv, parquet, arrow };

/// Whether this build reads Parquet and Arrow files.
bool has_arrow();

struct ReadOptions {
  std::string text = {};                  ///< the column of texts
  std::optional<std::string> label = {};  ///< the column of labels
  BadRows on_bad_row = BadRows::error;
  /// by_name: from .jsonl .ndjson .json .csv .tsv .parquet .arrow .feather; the text formats may
  /// have .gz or .zst behind it. Pipes without such a name, and standard input ("-"), are JSON
  /// Lines.
  Format format = Format::by_name;
};

/// A row that was left out, for people: "train.csv:17: ...".
struct BadRow {
  std::uint64_t number = 0;
  std::string message;
};

/// The message as the error that it is where bad rows are errors, with the way to skip them.
Error bad_row_error(std::string_view message);

class RowSource;

/// Reads rows one after the other, whatever the format, in memory that does not grow with the file.
/// One thread at a time.
class RowReader {
 public:
  /// Error: no such file, a format not known or not built in, no such column (those there are, and
  /// the nearest). In JSON Lines each row has columns of its own: there a row without it is a bad
  /// one.
  static Result<RowReader> open(const std::string& file, const ReadOptions& options);
  RowReader(RowReader&&) noexcept;
  RowReader& operator=(RowReader&&) noexcept;
  ~RowReader();

  /// Replaces `rows` by up to `limit` further good rows, fewer where their texts are long; none at
  /// the end. Error: as file, line and reason, the first bad row where those are errors; reading
  /// failed; a record is longer than kLongestRecord.
  Result<void> next(std::vector<Row>& rows, std::size_t limit);

  /// The first kMostTold of those left out by the last next().
  const std::vector<BadRow>& bad_rows() const { return bad_rows_; }
  std::uint64_t bad_row_count() const { return bad_row_count_; }  ///< left out so far
  std::uint64_t bytes_read() const;    ///< of the file as it lies on the disk
  std::uint64_t bytes_in_all() const;  ///< 0 where that is not known
  /// Where a row is, for messages: "train.csv:17" or "train.parquet, row 16".
  std::string place_of(const Row& row) const;

  static constexpr std::size_t kLongestRecord = std::size_t{256} << 20;  ///< bytes
  static constexpr std::size_t kMostColumns = 10'000;                    ///< of CSV
  static constexpr std::size_t kMostTold = 10;

 private:
  RowReader(std::string name, BadRows on_bad_row, std::unique_ptr<RowSource> source);

  std::string name_;
  BadRows on_bad_row_;
  std::unique_ptr<RowSource> source_;
  std::uint64_t next_number_ = 0;
  std::uint64_t bad_row_count_ = 0;
  std::vector<BadRow> bad_rows_;
};

}  // namespace turngreen::data
