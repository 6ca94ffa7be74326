#include "turngreen/engine/data/row_reader.h"

#include <fmt/format.h>

#include <filesystem>
#include <utility>

#include "arrow_rows.h"
#include "csv_rows.h"
#include "file_name_format.h"
#include "jsonl_rows.h"
#include "row_source.h"

namespace turngreen::data {
namespace {

/// Bytes of text that next() gives at a time, so that long texts do not add up.
constexpr std::size_t kTextAtATime = std::size_t{16} << 20;

tl::unexpected<Error> unknown_format(const std::string& file) {
  return fail(
      Error::Kind::unsupported,
      fmt::format("{}: the name does not say what format this is; end it with .jsonl, .csv, "
                  ".tsv, .parquet, .arrow or .feather (the first three also with .gz or .zst "
                  "behind it)",
                  file));
}

Result<std::unique_ptr<RowSource>> open_source(const std::string& file, Format format,
                                               Compression compression, const Columns& columns) {
  if (format == Format::parquet) return open_parquet(file, columns);
  if (format == Format::arrow) return open_arrow(file, columns);
  auto stream = open_byte_stream(file, compression);
  if (!stream) return tl::unexpected<Error>(stream.error());
  auto window = TextWindow::open(*std::move(stream));
  if (!window) return tl::unexpected<Error>(window.error());
  if (format == Format::csv) return CsvRows::open(*std::move(window), ',', columns);
  if (format == Format::tsv) return CsvRows::open(*std::move(window), '\t', columns);
  return std::make_unique<JsonlRows>(*std::move(window), columns);
}

}  // namespace

Error bad_row_error(std::string_view message) {
  return {Error::Kind::invalid_input,
          fmt::format("{}; --on-bad-row skip leaves such rows out", message)};
}

RowReader::RowReader(std::string name, BadRows on_bad_row, std::unique_ptr<RowSource> source)
    : name_(std::move(name)), on_bad_row_(on_bad_row), source_(std::move(source)) {}

RowReader::RowReader(RowReader&&) noexcept = default;
RowReader& RowReader::operator=(RowReader&&) noexcept = default;
RowReader::~RowReader() = default;

Result<RowReader> RowReader::open(const std::string& file, const ReadOptions& options) {
  NamedFormat named = format_of_name(file);
  if (options.format != Format::by_name) named.format = options.format;
  if (named.format == Format::by_name) {
    if (std::error_code ignored; std::filesystem::is_regular_file(file, ignored)) {
      return unknown_format(file);
    }
    named.format = Format::jsonl;
  }
  const bool is_binary = named.format == Format::parquet || named.format == Format::arrow;
  if (is_binary && named.compression != Compression::by_content) {
    return fail(
        Error::Kind::unsupported,
        fmt::format("{}: Parquet and Arrow files are compressed inside; decompress this one "
                    "first",
                    file));
  }
  auto source = open_source(file, named.format, named.compression, {options.text, options.label});
  if (!source) return tl::unexpected<Error>(source.error());
  return RowReader(file == "-" ? "standard input" : file, options.on_bad_row, *std::move(source));
}

Result<void> RowReader::next(std::vector<Row>& rows, std::size_t limit) {
  bad_rows_.clear();
  std::size_t count = 0;
  std::size_t bytes = 0;
  while (count < limit && bytes < kTextAtATime) {
    if (rows.size() == count) rows.emplace_back();
    Row& row = rows[count];
    const auto taken = source_->take(row);
    if (!taken) return tl::unexpected<Error>(taken.error());
    if (taken->kind == Taken::Kind::end) break;
    row.number = next_number_++;
    if (taken->kind == Taken::Kind::row) {
      bytes += row.text.size();
      ++count;
      continue;
    }
    BadRow bad{row.number, fmt::format("{}: {}", place_of(row), taken->fault)};
    if (on_bad_row_ == BadRows::error) return tl::unexpected<Error>(bad_row_error(bad.message));
    ++bad_row_count_;
    if (bad_rows_.size() < kMostTold) bad_rows_.push_back(std::move(bad));
  }
  rows.resize(count);
  return {};
}

std::uint64_t RowReader::bytes_read() const { return source_->bytes_read(); }
std::uint64_t RowReader::bytes_in_all() const { return source_->bytes_in_all(); }

std::string RowReader::place_of(const Row& row) const {
  return row.line > 0 ? fmt::format("{}:{}", name_, row.line)
                      : fmt::format("{}, row {}", name_, row.number);
}

}  // namespace turngreen::data
