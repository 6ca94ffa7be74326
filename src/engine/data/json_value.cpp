#include "json_value.h"

#include <fmt/format.h>

#include "turngreen/units/text.h"

namespace turngreen::data {
namespace {

template <typename List, typename Item>
bool append(Cell& list, Item item) {
  if (std::holds_alternative<std::monostate>(list)) list = List();
  auto* items = std::get_if<List>(&list);
  if (items == nullptr) return false;
  items->emplace_back(item);
  return true;
}

}  // namespace

std::string_view in_words(JsonValue::Kind kind) {
  switch (kind) {
    case JsonValue::Kind::absent:
      return "nothing";
    case JsonValue::Kind::null:
      return "null";
    case JsonValue::Kind::truth:
      return "true or false";
    case JsonValue::Kind::number:
      return "a number";
    case JsonValue::Kind::text:
      return "a text";
    case JsonValue::Kind::array:
      return "an array";
    case JsonValue::Kind::object:
      return "an object";
  }
  return "";
}

Result<void> check(const JsonRow& row, const Columns& columns) {
  if (row.text.kind != JsonValue::Kind::text) {
    return fail(Error::Kind::invalid_input,
                fmt::format("column {} holds {}, where a text belongs",
                            units::in_quotes(columns.text), in_words(row.text.kind)));
  }
  if (columns.label && !row.label.is_cell) {
    return fail(
        Error::Kind::invalid_input,
        fmt::format("column {} holds {}, where a label belongs", units::in_quotes(*columns.label),
                    row.label.kind == JsonValue::Kind::array
                        ? "an array of other things than numbers alone or texts alone"
                        : in_words(row.label.kind)));
  }
  return {};
}

bool append_number(Cell& list, double number) { return append<std::vector<double>>(list, number); }
bool append_text(Cell& list, std::string_view text) {
  return append<std::vector<std::string>>(list, text);
}

}  // namespace turngreen::data
