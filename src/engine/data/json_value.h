#pragma once

#include <string_view>

#include "row_source.h"
#include "turngreen/engine/data/row_reader.h"

namespace turngreen::data {

/// A value of JSON as far as a cell can hold it.
struct JsonValue {
  enum class Kind : std::uint8_t { absent, null, truth, number, text, array, object };
  Kind kind = Kind::absent;
  bool is_cell = true;  ///< false: an object, or an array of other things than numbers or texts
  Cell cell;
};

/// What is found of a row. The text's cell may be left empty where it has been put elsewhere.
struct JsonRow {
  JsonValue text;
  JsonValue label;
};

/// "a number"
std::string_view in_words(JsonValue::Kind kind);

/// Error: a value that does not fit its column. Absent ones are not asked about.
Result<void> check(const JsonRow& row, const Columns& columns);

/// Adds an item to the list that `list` holds, which is monostate before the first. False where a
/// list cannot hold it beside the others.
bool append_number(Cell& list, double number);
bool append_text(Cell& list, std::string_view text);

}  // namespace turngreen::data
