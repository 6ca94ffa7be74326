#include "turngreen/units/csv_line.h"

#include <string_view>

namespace turngreen::units {
namespace {

void append_field(std::string& line, std::string_view field) {
  if (field.find_first_of(",\"\r\n") == std::string_view::npos) {
    line += field;
    return;
  }
  line += '"';
  for (const char c : field) {
    if (c == '"') line += '"';
    line += c;
  }
  line += '"';
}

}  // namespace

std::string csv_line(std::span<const std::string> fields) {
  std::string line;
  for (const auto& field : fields) {
    append_field(line, field);
    line += ',';
  }
  if (line.empty()) return "\n";
  line.back() = '\n';
  return line;
}

}  // namespace turngreen::units
