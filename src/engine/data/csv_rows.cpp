#include "csv_rows.h"

#include <fmt/format.h>

#include <algorithm>

#include "missing_column.h"
#include "turngreen/units/text.h"

namespace turngreen::data {
namespace {

Result<std::size_t> find_column(const std::string& file, const std::vector<std::string>& names,
                                const std::string& wanted) {
  const auto found = std::find(names.begin(), names.end(), wanted);
  if (found == names.end()) {
    return fail(Error::Kind::not_found,
                fmt::format("{}: {}", file, missing_column(wanted, "the header", names)));
  }
  if (std::find(found + 1, names.end(), wanted) != names.end()) {
    return fail(Error::Kind::invalid_input, fmt::format("{}: there are two columns {}; rename one",
                                                        file, units::in_quotes(wanted)));
  }
  return static_cast<std::size_t>(found - names.begin());
}

bool is_empty_line(const CsvRecord& record) {
  return record.fields.size() == 1 && record.fields[0].begin == record.fields[0].end;
}

}  // namespace

Result<std::unique_ptr<RowSource>> CsvRows::open(TextWindow window, char separator,
                                                 const Columns& columns) {
  std::unique_ptr<CsvRows> rows(new CsvRows(std::move(window), separator));
  if (const auto read = rows->read_header(columns); !read) {
    return tl::unexpected<Error>(read.error());
  }
  return rows;
}

/// Scans the next record that is no empty line, and leaves it in the window; false at the end.
Result<bool> CsvRows::scan() {
  while (true) {
    if (scan_csv_record(window_.rest(), separator_, window_.is_whole(), record_)) {
      if (window_.rest().empty()) return false;
      if (!is_empty_line(record_)) return true;
      window_.take(record_.length);
      next_line_ += record_.lines;
      continue;
    }
    if (window_.rest().size() > RowReader::kLongestRecord) {
      return fail(Error::Kind::unsupported,
                  fmt::format("{}:{}: a record of more than {} bytes; is a quote never closed?",
                              window_.file().name(), next_line_, RowReader::kLongestRecord));
    }
    if (const auto grown = window_.grow(); !grown) return tl::unexpected<Error>(grown.error());
  }
}

Result<void> CsvRows::read_header(const Columns& columns) {
  const std::string& file = window_.file().name();
  const auto found = scan();
  if (!found) return tl::unexpected<Error>(found.error());
  if (!*found) {
    return fail(Error::Kind::invalid_input,
                fmt::format("{}: no header; the first line must name the columns", file));
  }
  if (!record_.fault.empty()) {
    return fail(Error::Kind::invalid_input,
                fmt::format("{}:{}: the header: {}", file, next_line_, record_.fault));
  }
  columns_ = record_.fields.size();
  if (columns_ > RowReader::kMostColumns) {
    return fail(Error::Kind::unsupported,
                fmt::format("{}: more than {} columns", file, RowReader::kMostColumns));
  }
  std::vector<std::string> names(columns_);
  for (std::size_t n = 0; n < columns_; ++n) {
    assign_field(names[n], window_.rest(), record_.fields[n]);
  }
  window_.take(record_.length);
  next_line_ += record_.lines;
  const auto text = find_column(file, names, columns.text);
  if (!text) return tl::unexpected<Error>(text.error());
  text_ = *text;
  if (columns.label) {
    const auto label = find_column(file, names, *columns.label);
    if (!label) return tl::unexpected<Error>(label.error());
    label_ = *label;
  }
  return {};
}

Result<Taken> CsvRows::take(Row& row) {
  const auto found = scan();
  if (!found) return tl::unexpected<Error>(found.error());
  if (!*found) return Taken{Taken::Kind::end, {}};
  const std::string_view text = window_.rest();
  row.line = next_line_;
  window_.take(record_.length);
  next_line_ += record_.lines;
  if (!record_.fault.empty()) return Taken{Taken::Kind::bad_row, std::string(record_.fault)};
  if (record_.fields.size() != columns_) {
    return Taken{Taken::Kind::bad_row, fmt::format("{} fields, where the header has {}",
                                                   record_.fields.size(), columns_)};
  }
  assign_field(row.text, text, record_.fields[text_]);
  row.label = std::monostate();
  if (label_) {
    std::string value;
    assign_field(value, text, record_.fields[*label_]);
    if (!value.empty()) row.label = std::move(value);
  }
  return Taken{};
}

}  // namespace turngreen::data
