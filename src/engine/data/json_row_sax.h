#pragma once

#include <cstddef>
#include <string_view>

#include "row_source.h"
#include "turngreen/engine/data/row_reader.h"
#include "turngreen/units/result.h"

namespace turngreen::data {

inline constexpr std::size_t kDeepestJson = 1000;  ///< objects and arrays within each other

/// The same as JsonRowParser::parse, slower: for rows that are no UTF-8, whose bad bytes count as
/// U+FFFD, and to say what is wrong with those that are no JSON.
Result<void> parse_json_row_sax(std::string_view line, const Columns& columns, Row& row);

}  // namespace turngreen::data
