#include "read_limits.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "byte_count.h"
#include "turngreen/units/text.h"

namespace turngreen::study {
namespace {

std::vector<double> read_fidelities(const YamlField& field) {
  constexpr std::size_t kMost = 16;
  std::vector<double> shares;
  const auto items = field.items();
  for (const auto& item : items) {
    const auto share = item.number({.low = 0, .high = 1, .low_excluded = true});
    if (share) shares.push_back(*share);
  }
  if (shares.size() != items.size() || !field.is_list()) return {1};
  if (shares.empty() || shares.size() > kMost || shares.back() != 1 ||
      std::adjacent_find(shares.begin(), shares.end(), std::greater_equal<>()) != shares.end()) {
    field.fault(
        fmt::format("found {}; write 1 to {} shares of the full job in ascending order, the "
                    "last 1, such as [0.05, 1]",
                    fmt::join(shares, ", "), kMost));
    return {1};
  }
  return shares;
}

units::Duration read_period(const YamlField& field, units::Duration otherwise) {
  const auto period = field.parsed(units::parse_duration);
  if (!period) return otherwise;
  if (*period >= units::milliseconds(1) && *period <= units::seconds(1)) return *period;
  field.fault(fmt::format("found {}; write 1 ms to 1 s", units::to_text(*period)));
  return otherwise;
}

}  // namespace

void read_limits(YamlSection& section, pipeline::CommandDescription& command) {
  const YamlField timeout = section["timeout"];
  command.timeout = timeout.parsed(units::parse_duration);
  if (command.timeout && *command.timeout <= units::Duration()) {
    timeout.fault("must be above 0; write how long a run may take, such as 10 min");
  }
  command.memory_bytes = section["memory"].parsed(parse_byte_count);
  if (const YamlField fidelity = section["fidelity"]; fidelity.present()) {
    command.fidelities = read_fidelities(fidelity);
  }
  command.sampling_period = read_period(section["sampling_period"], command.sampling_period);
}

}  // namespace turngreen::study
