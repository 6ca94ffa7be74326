#include "jsonl_rows.h"

#include <fmt/format.h>

namespace turngreen::data {

/// In window_.rest(); its size where there is no line end behind the last line.
Result<std::size_t> JsonlRows::end_of_line() {
  std::size_t seen = 0;
  while (true) {
    const std::size_t end = window_.rest().find('\n', seen);
    if (end != std::string_view::npos) return end;
    seen = window_.rest().size();
    if (seen > RowReader::kLongestRecord) {
      return fail(Error::Kind::unsupported,
                  fmt::format("{}:{}: a line of more than {} bytes; is this JSON Lines?",
                              window_.file().name(), line_ + 1, RowReader::kLongestRecord));
    }
    if (window_.is_whole()) return seen;
    if (const auto grown = window_.grow(); !grown) return tl::unexpected<Error>(grown.error());
  }
}

Result<Taken> JsonlRows::take(Row& row) {
  while (true) {
    const auto end = end_of_line();
    if (!end) return tl::unexpected<Error>(end.error());
    if (window_.rest().empty()) return Taken{Taken::Kind::end, {}};
    std::string_view line = window_.rest().substr(0, *end);
    window_.take(std::min(*end + 1, window_.rest().size()));
    ++line_;
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.find_first_not_of(" \t") == std::string_view::npos) continue;
    row.line = line_;
    if (const auto parsed = parser_.parse(line, row); !parsed) {
      return Taken{Taken::Kind::bad_row, parsed.error().message};
    }
    return Taken{};
  }
}

}  // namespace turngreen::data
