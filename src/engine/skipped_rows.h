#pragma once

#include <cstdint>
#include <ostream>
#include <span>
#include <string_view>

#include "turngreen/engine/data/row_reader.h"

namespace turngreen::engine {

/// Says which rows were left out, the first of them.
class SkippedRows {
 public:
  SkippedRows(std::ostream& err, std::string_view command) : err_(err), command_(command) {}

  void tell(std::span<const data::BadRow> rows);

 private:
  std::ostream& err_;
  std::string_view command_;
  std::size_t told_ = 0;
};

}  // namespace turngreen::engine
