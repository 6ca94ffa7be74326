#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace turngreen::report {

/// The columns of CodeCarbon 3.3.0's run file, in order. Other versions lack some of them.
std::span<const std::string_view> codecarbon_run_columns();
/// Those of its task file.
std::vector<std::string_view> codecarbon_task_columns();

/// Whether a cell may stand in the column of that name, going by what it looks like: a number, a
/// time, an identifier, a word. An empty cell may stand anywhere, and anything in a column that
/// CodeCarbon does not have.
bool may_stand_in(std::string_view column, std::string_view cell);

/// For each column the index of its cell; absent: it has none, or which one is not certain.
using CellPlaces = std::vector<std::optional<std::size_t>>;

/// Lays the cells of a row that lacks some under the columns that they belong to. CodeCarbon up to
/// 3.3.0 leaves columns that are all empty out of the rows that it appends, and the rest moves left
/// (its issue 1304). The cells keep their order and each must suit its column; a column's cell is
/// certain where laying them from the left and from the right agree on it. Absent: they cannot be
/// laid so.
std::optional<CellPlaces> lay_cells(std::span<const std::string_view> columns,
                                    std::span<const std::string> cells);

}  // namespace turngreen::report
