#include "arrow_cell.h"

#include <arrow/array/array_binary.h>
#include <arrow/array/array_dict.h>
#include <arrow/array/array_nested.h>
#include <arrow/array/array_primitive.h>
#include <arrow/type.h>

#include <optional>
#include <utility>

#include "json_value.h"

namespace turngreen::data {
namespace {

using arrow::Type;

const arrow::DataType& value_type_of(const arrow::DataType& dictionary) {
  return *static_cast<const arrow::DictionaryType&>(dictionary).value_type();
}

bool is_list(const arrow::DataType& type) {
  return type.id() == Type::LIST || type.id() == Type::LARGE_LIST ||
         type.id() == Type::FIXED_SIZE_LIST;
}

bool is_number(const arrow::DataType& type) {
  return arrow::is_integer(type.id()) || type.id() == Type::BOOL || type.id() == Type::FLOAT ||
         type.id() == Type::DOUBLE;
}

template <typename ArrayType>
auto value(const arrow::Array& array, std::int64_t index) {
  return static_cast<const ArrayType&>(array).GetView(index);
}

Cell number_at(const arrow::Array& array, std::int64_t index) {
  const auto integer = [](auto number) { return Cell(static_cast<std::int64_t>(number)); };
  switch (array.type_id()) {
    case Type::BOOL:
      return integer(value<arrow::BooleanArray>(array, index));
    case Type::INT8:
      return integer(value<arrow::Int8Array>(array, index));
    case Type::INT16:
      return integer(value<arrow::Int16Array>(array, index));
    case Type::INT32:
      return integer(value<arrow::Int32Array>(array, index));
    case Type::INT64:
      return integer(value<arrow::Int64Array>(array, index));
    case Type::UINT8:
      return integer(value<arrow::UInt8Array>(array, index));
    case Type::UINT16:
      return integer(value<arrow::UInt16Array>(array, index));
    case Type::UINT32:
      return integer(value<arrow::UInt32Array>(array, index));
    case Type::UINT64: {
      const auto number = value<arrow::UInt64Array>(array, index);
      return std::in_range<std::int64_t>(number) ? integer(number)
                                                 : Cell(static_cast<double>(number));
    }
    case Type::FLOAT:
      return double{value<arrow::FloatArray>(array, index)};
    default:
      return value<arrow::DoubleArray>(array, index);
  }
}

/// The items of a list at `index`, [begin, end) of the array that comes with them.
struct Items {
  const arrow::Array& array;
  std::int64_t begin;
  std::int64_t end;
};

template <typename ListArray>
Items items_of(const arrow::Array& array, std::int64_t index) {
  const auto& lists = static_cast<const ListArray&>(array);
  const std::int64_t begin = lists.value_offset(index);
  return {*lists.values(), begin, begin + lists.value_length(index)};
}

Items items_at(const arrow::Array& array, std::int64_t index) {
  if (array.type_id() == Type::LIST) return items_of<arrow::ListArray>(array, index);
  if (array.type_id() == Type::LARGE_LIST) return items_of<arrow::LargeListArray>(array, index);
  return items_of<arrow::FixedSizeListArray>(array, index);
}

double as_double(const Cell& number) {
  const auto* integer = std::get_if<std::int64_t>(&number);
  return integer != nullptr ? static_cast<double>(*integer) : std::get<double>(number);
}

Result<Cell> list_at(const arrow::Array& array, std::int64_t index) {
  const Items items = items_at(array, index);
  Cell list;
  for (std::int64_t n = items.begin; n < items.end; ++n) {
    if (is_null_at(items.array, n)) {
      return fail(Error::Kind::invalid_input, "the label is a list with a null in it");
    }
    if (is_number(*items.array.type())) {
      append_number(list, as_double(number_at(items.array, n)));
    } else {
      append_text(list, text_at(items.array, n));
    }
  }
  if (std::holds_alternative<std::monostate>(list)) return std::vector<double>();
  return list;
}

}  // namespace

bool holds_texts(const arrow::DataType& type) {
  switch (type.id()) {
    case Type::STRING:
    case Type::LARGE_STRING:
    case Type::STRING_VIEW:
    case Type::BINARY:
    case Type::LARGE_BINARY:
    case Type::BINARY_VIEW:
      return true;
    case Type::DICTIONARY:
      return holds_texts(value_type_of(type));
    default:
      return false;
  }
}

bool holds_labels(const arrow::DataType& type) {
  if (type.id() == Type::NA || is_number(type) || holds_texts(type)) return true;
  if (type.id() == Type::DICTIONARY) return is_number(value_type_of(type));
  if (!is_list(type)) return false;
  const arrow::DataType& item = *type.field(0)->type();
  return is_number(item) || holds_texts(item);
}

std::string_view text_at(const arrow::Array& array, std::int64_t index) {
  switch (array.type_id()) {
    case Type::STRING:
    case Type::BINARY:
      return value<arrow::BinaryArray>(array, index);
    case Type::LARGE_STRING:
    case Type::LARGE_BINARY:
      return value<arrow::LargeBinaryArray>(array, index);
    case Type::DICTIONARY: {
      const auto& words = static_cast<const arrow::DictionaryArray&>(array);
      return text_at(*words.dictionary(), words.GetValueIndex(index));
    }
    default:
      return value<arrow::BinaryViewArray>(array, index);
  }
}

Result<Cell> cell_at(const arrow::Array& array, std::int64_t index) {
  if (is_null_at(array, index)) return Cell();
  if (holds_texts(*array.type())) return std::string(text_at(array, index));
  if (is_list(*array.type())) return list_at(array, index);
  if (array.type_id() != Type::DICTIONARY) return number_at(array, index);
  const auto& numbers = static_cast<const arrow::DictionaryArray&>(array);
  return number_at(*numbers.dictionary(), numbers.GetValueIndex(index));
}

bool is_null_at(const arrow::Array& array, std::int64_t index) {
  if (array.IsNull(index)) return true;
  if (array.type_id() != Type::DICTIONARY) return false;
  const auto& words = static_cast<const arrow::DictionaryArray&>(array);
  return words.dictionary()->IsNull(words.GetValueIndex(index));
}

}  // namespace turngreen::data
