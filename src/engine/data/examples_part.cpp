#include "turngreen/engine/data/examples_part.h"

namespace turngreen::data {

Examples part_of(const Examples& all, std::span<const std::int64_t> chosen) {
  Examples part;
  const auto outputs =
      all.size() == 0 ? 0 : all.targets.size() / static_cast<std::size_t>(all.size());
  for (const std::int64_t example : chosen) {
    const auto at = static_cast<std::size_t>(example);
    const auto ids = all.ids_of(example);
    part.ids.insert(part.ids.end(), ids.begin(), ids.end());
    part.starts.push_back(static_cast<std::int64_t>(part.ids.size()));
    part.rows.push_back(all.rows[at]);
    if (!all.classes.empty()) part.classes.push_back(all.classes[at]);
    const auto targets = std::span(all.targets).subspan(at * outputs, outputs);
    part.targets.insert(part.targets.end(), targets.begin(), targets.end());
  }
  return part;
}

}  // namespace turngreen::data
