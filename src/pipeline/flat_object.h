#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "turngreen/units/result.h"

namespace turngreen::pipeline {

/// An object or a list within a line; what it holds is not kept.
struct Nested {};

/// A value of a JSON object whose values are plain. Integers that fit neither kind come as double.
using FlatValue =
    std::variant<std::nullptr_t, bool, std::int64_t, std::uint64_t, double, std::string, Nested>;

/// The members in the order of the text; each name occurs once.
using FlatObject = std::vector<std::pair<std::string, FlatValue>>;

/// Reads one JSON object. Hostile input is expected: nothing is kept of what is nested, nesting
/// deeper than kMaxDepth, invalid UTF-8 and repeated names are errors. Never throws.
Result<FlatObject> parse_flat_object(std::string_view text);

/// For messages: "a string", "a number", ...
std::string_view kind_of(const FlatValue& value);

}  // namespace turngreen::pipeline
