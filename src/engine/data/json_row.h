#pragma once

#include <memory>
#include <string_view>

#include "row_source.h"
#include "turngreen/engine/data/row_reader.h"
#include "turngreen/units/result.h"

namespace turngreen::data {

/// Takes the wanted columns out of rows of JSON Lines: text, and label where one is wanted.
class JsonRowParser {
 public:
  explicit JsonRowParser(Columns columns);
  JsonRowParser(JsonRowParser&&) noexcept;
  JsonRowParser& operator=(JsonRowParser&&) = delete;
  ~JsonRowParser();

  /// TextWindow::kPadding bytes behind `line` must be readable. Of a key that occurs twice the last
  /// one counts, as in Python. Error: what is wrong, but not where the row is.
  Result<void> parse(std::string_view line, Row& row);

 private:
  struct Simdjson;

  Columns columns_;
  std::unique_ptr<Simdjson> simdjson_;
};

}  // namespace turngreen::data
