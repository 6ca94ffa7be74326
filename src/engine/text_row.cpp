#include "text_row.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "tokenizer/utf8_text.h"
#include "turngreen/units/text.h"

namespace turngreen::engine {
namespace {

using nlohmann::json;

tl::unexpected<Error> bad(std::string what) {
  return fail(Error::Kind::invalid_input, std::move(what));
}

/// Keeps the value of one key of the outermost object, and nothing else of the row.
class ColumnReader final : public json::json_sax_t {
 public:
  explicit ColumnReader(std::string_view column) : column_(column) {}

  bool null() override { return other("null"); }
  bool boolean(bool) override { return other("true or false"); }
  bool number_integer(number_integer_t) override { return other("a number"); }
  bool number_unsigned(number_unsigned_t) override { return other("a number"); }
  bool number_float(number_float_t, const string_t&) override { return other("a number"); }
  bool binary(binary_t&) override { return false; }
  bool string(string_t& value) override {
    if (!is_wanted()) return true;
    is_found_ = true;
    found_instead_.clear();
    text_ = std::move(value);
    return true;
  }
  bool start_object(std::size_t) override { return open("an object"); }
  bool start_array(std::size_t) override { return open("an array"); }
  bool end_object() override { return --depth_, true; }
  bool end_array() override { return --depth_, true; }
  bool key(string_t& name) override {
    if (depth_ == 1) is_column_ = name == column_;
    return true;
  }
  bool parse_error(std::size_t, const std::string&, const json::exception& error) override {
    fault_ = fmt::format("this is no JSON object: {}", error.what());
    return false;
  }

  Result<std::string> result() {
    if (!fault_.empty()) return bad(fault_);
    if (!found_instead_.empty()) {
      return bad(fmt::format("column {} holds {}, where a text belongs", units::in_quotes(column_),
                             found_instead_));
    }
    if (!is_found_)
      return bad(fmt::format("there is no column {} in this row", units::in_quotes(column_)));
    return std::move(text_);
  }

 private:
  static constexpr int kDeepest = 1000;

  bool is_wanted() const { return depth_ == 1 && is_column_; }
  bool other(std::string_view what) {
    if (depth_ == 0) fault_ = fmt::format("this is {}, where an object belongs", what);
    if (is_wanted()) found_instead_ = what;
    return depth_ > 0;
  }
  bool open(std::string_view what) {
    if (is_wanted()) found_instead_ = what;
    if (depth_ == 0 && what != "an object") fault_ = "this is an array, where an object belongs";
    if (++depth_ > kDeepest) fault_ = fmt::format("nested more than {} deep", kDeepest);
    return fault_.empty();
  }

  std::string_view column_;
  int depth_ = 0;
  bool is_column_ = false;  ///< the key last seen in the outermost object is the column
  bool is_found_ = false;
  std::string text_;
  std::string found_instead_;
  std::string fault_;
};

}  // namespace

Result<std::string> text_of_row(std::string_view line, std::string_view column) {
  std::string replaced;
  if (!tokenizer::is_utf8(line)) line = replaced = tokenizer::with_replacements(line);
  ColumnReader reader(column);
  json::sax_parse(line, &reader);
  return reader.result();
}

}  // namespace turngreen::engine
