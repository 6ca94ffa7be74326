#include "complaint.h"

#include <algorithm>

namespace turngreen::cli {

void complain(Console& console, std::string_view command, const Error& error) {
  std::string_view lines = error.message;
  while (!lines.empty()) {
    const auto line = lines.substr(0, lines.find('\n'));
    console.err << "turngreen " << command << ": " << line << '\n';
    lines.remove_prefix(std::min(lines.size(), line.size() + 1));
  }
}

}  // namespace turngreen::cli
