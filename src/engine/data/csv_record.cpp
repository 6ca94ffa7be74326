#include "csv_record.h"

#include <algorithm>

#include "turngreen/engine/data/row_reader.h"

namespace turngreen::data {
namespace {

constexpr std::string_view kUnclosed =
    "a quote is opened and never closed, so that all that follows is inside it; close it, or "
    "double it where it stands for itself";
constexpr std::string_view kTextBehind =
    "text between a closing quote and the next separator; double the quotes that stand for "
    "themselves";

constexpr auto npos = std::string_view::npos;

/// Where an unquoted field ends: at the separator, a line end or the end of the text.
std::size_t end_of_unquoted(std::string_view text, std::size_t at, char separator) {
  while (at < text.size() && text[at] != separator && text[at] != '\n' && text[at] != '\r') ++at;
  return at;
}

/// Past the closing quote of the field that opens at `field.begin`; npos where the text ends
/// before it is known which one that is.
std::size_t end_of_quoted(std::string_view text, bool is_whole, CsvField& field) {
  for (std::size_t at = field.begin + 1;; ++at) {
    at = text.find('"', at);
    if (at == npos || (at + 1 == text.size() && !is_whole)) return npos;
    ++at;
    if (at == text.size() || text[at] != '"') return at;
    field.has_doubled_quotes = true;
  }
}

}  // namespace

bool scan_csv_record(std::string_view text, char separator, bool is_whole, CsvRecord& record) {
  record.fields.clear();
  record.lines = 0;
  record.fault = {};
  std::size_t at = 0;
  while (true) {
    CsvField field{at, at, false, false};
    if (at < text.size() && text[at] == '"') {
      field.is_quoted = true;
      at = end_of_quoted(text, is_whole, field);
      if (at == npos) {
        if (!is_whole) return false;
        record.fault = kUnclosed;
        at = text.size();
      }
      const auto inside = text.substr(field.begin, at - field.begin);
      record.lines += static_cast<std::size_t>(std::count(inside.begin(), inside.end(), '\n'));
    }
    field.end = end_of_unquoted(text, at, separator);
    if (field.is_quoted && field.end != at && record.fault.empty()) record.fault = kTextBehind;
    at = field.end;
    // One field beyond the limit shows that it is passed.
    if (record.fields.size() <= RowReader::kMostColumns) record.fields.push_back(field);
    if (at == text.size()) {
      record.length = at;
      return is_whole;
    }
    if (text[at] == separator) {
      ++at;
      continue;
    }
    const bool is_return = text[at] == '\r';
    if (is_return && at + 1 == text.size() && !is_whole) return false;
    ++at;
    if (is_return && at < text.size() && text[at] == '\n') ++at;
    ++record.lines;
    record.length = at;
    return true;
  }
}

void assign_field(std::string& value, std::string_view text, const CsvField& field) {
  std::string_view content = text.substr(field.begin, field.end - field.begin);
  if (field.is_quoted) content = content.substr(1, content.size() - 2);
  if (!field.has_doubled_quotes) {
    value.assign(content);
    return;
  }
  value.clear();
  while (!content.empty()) {
    const std::size_t length = std::min(content.find('"'), content.size() - 1) + 1;
    value.append(content.substr(0, length));
    content.remove_prefix(
        std::min(content.size(), content[length - 1] == '"' ? length + 1 : length));
  }
}

}  // namespace turngreen::data
