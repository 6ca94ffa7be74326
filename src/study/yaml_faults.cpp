#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "yaml_field.h"

namespace turngreen::study {

// Messages list values and names as the file has them: one line each, and no escape sequence in it.
void YamlFaults::add(YamlFault fault) {
  for (char& c : fault.message) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = '?';
  }
  faults_.push_back(std::move(fault));
}

std::string YamlFaults::text(std::string_view file) const {
  constexpr std::size_t kShown = 100;
  auto sorted = faults_;
  std::stable_sort(sorted.begin(), sorted.end(), [](const YamlFault& a, const YamlFault& b) {
    return std::tie(a.line, a.column) < std::tie(b.line, b.column);
  });
  std::string text;
  for (std::size_t i = 0; i < std::min(kShown, sorted.size()); ++i) {
    fmt::format_to(std::back_inserter(text), "{}{}:{}:{}: {}", text.empty() ? "" : "\n", file,
                   sorted[i].line, sorted[i].column, sorted[i].message);
  }
  if (sorted.size() > kShown) {
    fmt::format_to(std::back_inserter(text), "\n{}: and {} more", file, sorted.size() - kShown);
  }
  return text;
}

}  // namespace turngreen::study
