#include "json_row_sax.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "json_value.h"
#include "missing_column.h"
#include "tokenizer/utf8_text.h"

namespace turngreen::data {
namespace {

using nlohmann::json;
using Kind = JsonValue::Kind;

tl::unexpected<Error> bad(std::string what) {
  return fail(Error::Kind::invalid_input, std::move(what));
}

/// Keeps the values of the wanted keys of the outermost object, and nothing else of the row.
class RowHandler final : public json::json_sax_t {
 public:
  explicit RowHandler(const Columns& columns) : columns_(columns) {}

  bool null() override { return scalar(Kind::null, std::monostate()); }
  bool boolean(bool value) override { return scalar(Kind::truth, std::int64_t{value}); }
  bool number_integer(number_integer_t value) override {
    return scalar(Kind::number, std::int64_t{value});
  }
  bool number_unsigned(number_unsigned_t value) override {
    const bool fits = std::in_range<std::int64_t>(value);
    return scalar(Kind::number,
                  fits ? Cell(static_cast<std::int64_t>(value)) : Cell(static_cast<double>(value)));
  }
  bool number_float(number_float_t value, const string_t&) override {
    return scalar(Kind::number, value);
  }
  bool string(string_t& value) override { return scalar(Kind::text, std::move(value)); }
  bool binary(binary_t&) override { return false; }
  bool start_object(std::size_t) override { return open(Kind::object); }
  bool start_array(std::size_t) override { return open(Kind::array); }
  bool end_object() override { return --depth_, true; }
  bool end_array() override {
    if (--depth_ == 1 && wanted_ != nullptr &&
        std::holds_alternative<std::monostate>(wanted_->cell)) {
      wanted_->cell = std::vector<double>();
    }
    return true;
  }
  bool key(string_t& name) override {
    if (depth_ != 1) return true;
    wanted_ = name == columns_.text                       ? &found_.text
              : columns_.label && name == *columns_.label ? &found_.label
                                                          : nullptr;
    if (names_.size() < kMostNames) names_.push_back(std::move(name));
    return true;
  }
  bool parse_error(std::size_t, const std::string&, const json::exception& error) override {
    fault_ = fmt::format("this is no JSON object: {}", error.what());
    return false;
  }

  Result<void> take(Row& row) {
    if (!fault_.empty()) return bad(fault_);
    if (found_.text.kind == Kind::absent) {
      return bad(missing_column(columns_.text, "this row", names_));
    }
    if (columns_.label && found_.label.kind == Kind::absent) {
      return bad(missing_column(*columns_.label, "this row", names_));
    }
    if (const auto checked = check(found_, columns_); !checked) return checked;
    row.text = std::get<std::string>(std::move(found_.text.cell));
    // One column may be both.
    row.label = columns_.label == columns_.text ? Cell(row.text) : std::move(found_.label.cell);
    return {};
  }

 private:
  static constexpr std::size_t kMostNames = 1000;

  bool scalar(Kind kind, Cell value) {
    if (depth_ == 0) {
      fault_ = fmt::format("this is {}, where an object belongs", in_words(kind));
      return false;
    }
    if (wanted_ == nullptr) return true;
    if (depth_ == 1) *wanted_ = {kind, true, std::move(value)};
    if (depth_ == 2 && wanted_->kind == Kind::array && !append(value)) wanted_->is_cell = false;
    return true;
  }
  bool append(const Cell& item) {
    if (const auto* whole = std::get_if<std::int64_t>(&item)) {
      return append_number(wanted_->cell, static_cast<double>(*whole));
    }
    if (const auto* number = std::get_if<double>(&item)) {
      return append_number(wanted_->cell, *number);
    }
    if (const auto* text = std::get_if<std::string>(&item))
      return append_text(wanted_->cell, *text);
    return false;
  }
  bool open(Kind kind) {
    if (depth_ == 0 && kind == Kind::array) {
      fault_ = "this is an array, where an object belongs; JSON Lines have an object on each line";
    }
    if (depth_ == 1 && wanted_ != nullptr) *wanted_ = {kind, kind == Kind::array, {}};
    if (depth_ >= 2 && wanted_ != nullptr) wanted_->is_cell = false;
    if (++depth_ > kDeepestJson) fault_ = fmt::format("nested more than {} deep", kDeepestJson);
    return fault_.empty();
  }

  const Columns& columns_;
  std::size_t depth_ = 0;
  JsonRow found_;
  JsonValue* wanted_ = nullptr;  ///< of the key last seen in the outermost object
  std::vector<std::string> names_;
  std::string fault_;
};

}  // namespace

Result<void> parse_json_row_sax(std::string_view line, const Columns& columns, Row& row) {
  std::string replaced;
  if (!tokenizer::is_utf8(line)) line = replaced = tokenizer::with_replacements(line);
  RowHandler handler(columns);
  json::sax_parse(line, &handler);
  return handler.take(row);
}

}  // namespace turngreen::data
