#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "engine/data/csv_record.h"
#include "require.h"
#include "turngreen/engine/data/row_reader.h"

namespace turngreen::data {
namespace {

using fuzz::require;

/// A record that ends within the beginning of a text is the same whatever follows.
void check_record(std::string_view text, char separator, std::size_t cut) {
  CsvRecord whole;
  require(scan_csv_record(text, separator, true, whole), "a whole text has a record");
  require(whole.length <= text.size(), "a record lies in its text");
  require(whole.length > 0 || text.empty(), "a record takes what it is read from");
  for (const CsvField& field : whole.fields) {
    require(field.begin <= field.end && field.end <= whole.length, "a field lies in its record");
    std::string value;
    if (whole.fault.empty()) assign_field(value, text, field);
    require(value.size() <= field.end - field.begin,
            "a field is no longer than what stands for it");
  }
  CsvRecord part;
  if (!scan_csv_record(text.substr(0, cut), separator, false, part)) return;
  require(part.length == whole.length && part.lines == whole.lines && part.fault == whole.fault &&
              part.fields.size() == whole.fields.size(),
          "what follows a record does not change it");
}

/// The rows of a file, bad ones left out.
void check_rows(const std::string& file, Format format) {
  auto reader = RowReader::open(
      file, {.text = "text", .label = "label", .on_bad_row = BadRows::skip, .format = format});
  if (!reader) {
    require(reader.error().message.starts_with(file), "an error names the file");
    return;
  }
  std::vector<Row> rows;
  std::uint64_t good = 0;
  std::uint64_t line = 1;
  do {
    const auto read = reader->next(rows, 7);
    if (!read) {
      require(read.error().message.starts_with(file), "an error names the file");
      return;
    }
    for (const Row& row : rows) {
      require(row.line > line, "rows are behind the header and each other");
      line = row.line;
      require(row.number >= good, "rows are counted");
      ++good;
    }
  } while (!rows.empty());
  require(reader->bytes_read() == reader->bytes_in_all(), "the file is read to its end");
}

/// A byte that chooses, and a text.
void feed(std::string_view input) {
  if (input.empty()) return;
  const auto choice = static_cast<unsigned char>(input.front());
  const std::string_view text = input.substr(1);
  const bool has_tabs = (choice & 1) != 0;
  check_record(text, has_tabs ? '\t' : ',', text.size() * (choice >> 1) / 128);
  const char* folder = std::getenv("TMPDIR");
  const std::string file = std::string(folder == nullptr ? "/tmp" : folder) + "/turngreen-rows-" +
                           std::to_string(::getpid());
  std::FILE* out = std::fopen(file.c_str(), "wb");
  require(out != nullptr, "there is a place for a file");
  std::fwrite(text.data(), 1, text.size(), out);
  std::fclose(out);
  check_rows(file, has_tabs ? Format::tsv : Format::csv);
  ::unlink(file.c_str());
}

}  // namespace
}  // namespace turngreen::data

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  turngreen::data::feed({reinterpret_cast<const char*>(data), size});
  return 0;
}
