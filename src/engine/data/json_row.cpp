#include "json_row.h"

#include <simdjson.h>

#include <new>
#include <utility>
#include <vector>

#include "json_row_sax.h"
#include "json_value.h"
#include "missing_column.h"
#include "text_window.h"

namespace turngreen::data {
namespace {

using simdjson::dom::element;
using simdjson::dom::element_type;
using simdjson::dom::object;

static_assert(TextWindow::kPadding >= simdjson::SIMDJSON_PADDING);

constexpr std::size_t kCapacity = std::size_t{1} << 16;

double as_double(element number) {
  if (number.type() == element_type::INT64) return static_cast<double>(number.get_int64().value());
  if (number.type() == element_type::UINT64) {
    return static_cast<double>(number.get_uint64().value());
  }
  return number.get_double().value();
}

bool append_item(Cell& list, element item) {
  switch (item.type()) {
    case element_type::BOOL:
      return append_number(list, item.get_bool().value() ? 1 : 0);
    case element_type::INT64:
    case element_type::UINT64:
    case element_type::DOUBLE:
      return append_number(list, as_double(item));
    case element_type::STRING:
      return append_text(list, item.get_string().value());
    default:
      return false;
  }
}

JsonValue list_of(element array) {
  JsonValue value{JsonValue::Kind::array, true, std::vector<double>()};
  Cell items;
  for (const element item : array.get_array()) {
    if (!append_item(items, item)) return {JsonValue::Kind::array, false, {}};
  }
  if (!std::holds_alternative<std::monostate>(items)) value.cell = std::move(items);
  return value;
}

JsonValue value_of(element found) {
  switch (found.type()) {
    case element_type::NULL_VALUE:
      return {JsonValue::Kind::null, true, {}};
    case element_type::BOOL:
      return {JsonValue::Kind::truth, true, std::int64_t{found.get_bool().value()}};
    case element_type::INT64:
      return {JsonValue::Kind::number, true, found.get_int64().value()};
    case element_type::UINT64:
    case element_type::DOUBLE:
      return {JsonValue::Kind::number, true, as_double(found)};
    case element_type::STRING:
      return {JsonValue::Kind::text, true, std::string(found.get_string().value())};
    case element_type::ARRAY:
      return list_of(found);
    case element_type::OBJECT:
      break;
  }
  return {JsonValue::Kind::object, false, {}};
}

tl::unexpected<Error> missing(std::string_view column, object row) {
  std::vector<std::string> names;
  for (const auto field : row) names.emplace_back(field.key);
  return fail(Error::Kind::invalid_input, missing_column(column, "this row", names));
}

}  // namespace

struct JsonRowParser::Simdjson {
  simdjson::dom::parser parser;
};

JsonRowParser::JsonRowParser(Columns columns)
    : columns_(std::move(columns)), simdjson_(std::make_unique<Simdjson>()) {
  if (simdjson_->parser.allocate(kCapacity, kDeepestJson) != simdjson::SUCCESS) {
    throw std::bad_alloc();
  }
}

JsonRowParser::JsonRowParser(JsonRowParser&&) noexcept = default;
JsonRowParser::~JsonRowParser() = default;

Result<void> JsonRowParser::parse(std::string_view line, Row& row) {
  object fields;
  // What simdjson refuses the other parser may read (bytes that are no UTF-8, integers beyond 64
  // bits), and where it does not, it says why and where.
  if (simdjson_->parser.parse(line.data(), line.size(), false).get(fields) != simdjson::SUCCESS) {
    return parse_json_row_sax(line, columns_, row);
  }
  element text;
  element label;
  bool has_text = false;
  bool has_label = false;
  for (const auto field : fields) {
    if (field.key == columns_.text) {
      text = field.value;
      has_text = true;
    }
    if (columns_.label && field.key == *columns_.label) {
      label = field.value;
      has_label = true;
    }
  }
  if (!has_text) return missing(columns_.text, fields);
  if (columns_.label && !has_label) return missing(*columns_.label, fields);
  JsonRow found;
  if (std::string_view characters; text.get(characters) == simdjson::SUCCESS) {
    row.text.assign(characters);  // into memory that the row has already
    found.text.kind = JsonValue::Kind::text;
  } else {
    found.text = value_of(text);
  }
  if (has_label) found.label = value_of(label);
  if (const auto checked = check(found, columns_); !checked) return checked;
  row.label = std::move(found.label.cell);
  return {};
}

}  // namespace turngreen::data
