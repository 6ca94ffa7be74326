#include "turngreen/units/csv_records.h"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

namespace turngreen::units {
namespace {

constexpr std::size_t kMostFields = 1000;
constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

}  // namespace

CsvRecords::CsvRecords(std::string_view text) : text_(text) {
  if (text_.starts_with(kByteOrderMark)) text_.remove_prefix(kByteOrderMark.size());
}

bool CsvRecords::take_line_end() {
  const std::string_view rest = text_.substr(at_);
  const std::size_t length = rest.starts_with("\r\n") ? 2 : rest.starts_with('\n') ? 1 : 0;
  at_ += length;
  if (length > 0) ++line_;
  return length > 0;
}

Result<bool> CsvRecords::next(std::vector<std::string>& fields) {
  fields.clear();
  while (take_line_end()) {
  }
  record_line_ = line_;
  if (at_end()) return false;
  while (true) {
    if (fields.size() == kMostFields) {
      return fail(Error::Kind::invalid_input,
                  fmt::format("more than {} fields in one row", kMostFields));
    }
    Result<std::string> field =
        text_.substr(at_).starts_with('"') ? take_quoted_field() : take_field();
    if (!field) return tl::unexpected(std::move(field.error()));
    fields.push_back(*std::move(field));
    if (at_end() || take_line_end()) return true;
    ++at_;  // the comma
  }
}

Result<std::string> CsvRecords::take_field() {
  const std::size_t begin = at_;
  at_ = std::min(text_.find_first_of(",\n", begin), text_.size());
  std::string_view field = text_.substr(begin, at_ - begin);
  if (!at_end() && text_[at_] == '\n' && field.ends_with('\r')) {
    field.remove_suffix(1);
    --at_;
  }
  if (field.find('"') != std::string_view::npos) {
    return fail(
        Error::Kind::invalid_input,
        "a quote inside a field that does not begin with one; put the whole field in quotes "
        "and double those inside");
  }
  return std::string(field);
}

Result<std::string> CsvRecords::take_quoted_field() {
  std::string field;
  ++at_;
  while (true) {
    const std::size_t quote = text_.find('"', at_);
    if (quote == std::string_view::npos) {
      return fail(Error::Kind::invalid_input, "a quote is opened and never closed");
    }
    const std::string_view part = text_.substr(at_, quote - at_);
    field += part;
    line_ += static_cast<std::size_t>(std::count(part.begin(), part.end(), '\n'));
    at_ = quote + 1;
    if (!text_.substr(at_).starts_with('"')) break;
    field += '"';
    ++at_;
  }
  const std::string_view rest = text_.substr(at_);
  if (rest.empty() || rest.starts_with(',') || rest.starts_with('\n') || rest.starts_with("\r\n")) {
    return field;
  }
  return fail(Error::Kind::invalid_input, "text between a closing quote and the next comma");
}

}  // namespace turngreen::units
