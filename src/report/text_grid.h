#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace turngreen::report {

/// Rows of cells under a header: the first column is flush left, the others flush right, or as
/// said.
class TextGrid {
 public:
  enum class Align { left, right };
  struct Column {
    std::string title;
    Align align = Align::right;
  };
  enum class Emphasis { none, strong, faint };

  explicit TextGrid(std::vector<Column> columns) : columns_(std::move(columns)) {}

  /// One cell per column.
  void add(std::vector<std::string> cells, Emphasis emphasis = Emphasis::none);

  /// How wide the first `count` columns are together.
  std::size_t width(std::size_t count) const;

  /// Lines with a newline each. Columns that do not fit into `width` are left out from the end,
  /// down to the first `needed`; then the first column is shortened, to no less than 8.
  std::string text(std::size_t width, std::size_t needed, bool colour) const;

 private:
  struct Row {
    std::vector<std::string> cells;
    Emphasis emphasis;
  };
  std::size_t column_width(std::size_t column) const;

  std::vector<Column> columns_;
  std::vector<Row> rows_;
};

/// `text` between the terminal's codes for an emphasis; unchanged without colour.
std::string emphasised(std::string text, TextGrid::Emphasis emphasis, bool colour);

}  // namespace turngreen::report
