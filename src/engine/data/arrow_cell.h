#pragma once

#include <arrow/type_fwd.h>

#include <cstdint>
#include <string_view>

#include "turngreen/engine/data/row_reader.h"
#include "turngreen/units/result.h"

namespace turngreen::data {

/// Whether a column of this type can be one of texts: strings and bytes, dictionaries of them.
bool holds_texts(const arrow::DataType& type);
/// Whether it can be one of labels: texts, integers, truth values, floats, lists of them.
bool holds_labels(const arrow::DataType& type);

/// `array` is of a type that holds texts, and not null at `index`. Valid as long as the array.
std::string_view text_at(const arrow::Array& array, std::int64_t index);
/// `array` is of a type that holds labels. Error: a list that no cell can hold.
Result<Cell> cell_at(const arrow::Array& array, std::int64_t index);
/// Dictionaries may refer to a null.
bool is_null_at(const arrow::Array& array, std::int64_t index);

}  // namespace turngreen::data
