#pragma once

#include <stdexcept>
#include <string>
#include <vector>

#include "report/scratch_directory.h"
#include "turngreen/engine/data/row_reader.h"

namespace turngreen::data {

/// A file of this name and content, gone at the end of the test.
class WrittenFile {
 public:
  WrittenFile(const std::string& name, const std::string& content)
      : path_((scratch_ / name).string()) {
    report::write_file(path_, content);
  }

  const std::string& path() const { return path_; }
  Result<RowReader> open(const ReadOptions& options) const {
    return RowReader::open(path_, options);
  }

 private:
  report::ScratchDirectory scratch_;
  std::string path_;
};

/// All rows that are left. The error as an exception.
inline std::vector<Row> rest_of(RowReader& reader, std::size_t limit = 1000) {
  std::vector<Row> all;
  std::vector<Row> some;
  do {
    if (const auto read = reader.next(some, limit); !read) {
      throw std::runtime_error(read.error().message);
    }
    all.insert(all.end(), some.begin(), some.end());
  } while (!some.empty());
  return all;
}

inline std::vector<std::string> texts_of(const std::vector<Row>& rows) {
  std::vector<std::string> texts;
  for (const Row& row : rows) texts.push_back(row.text);
  return texts;
}

/// The first error that reading meets; empty: none.
inline std::string fault_of(const WrittenFile& file, const ReadOptions& options) {
  auto reader = file.open(options);
  if (!reader) return reader.error().message;
  std::vector<Row> rows;
  do {
    if (const auto read = reader->next(rows, 1000); !read) return read.error().message;
  } while (!rows.empty());
  return "";
}

}  // namespace turngreen::data
