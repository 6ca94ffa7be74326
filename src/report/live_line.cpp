#include "turngreen/report/live_line.h"

#include <fmt/format.h>

#include "display_text.h"
#include "measurement_words.h"
#include "stage_outline.h"
#include "turngreen/units/text.h"

namespace turngreen::report {

std::string live_line(const energy::Statement& snapshot, std::optional<units::Power> power,
                      std::size_t columns) {
  const bool estimated = holds_estimate(snapshot, snapshot.domain_totals);
  const auto& total = snapshot.total.energy;
  std::string line =
      fmt::format("{}  {}", units::to_text(snapshot.time()),
                  energy_text(total ? std::optional(total->value) : std::nullopt, estimated));
  if (power) line += fmt::format("  {}{}", estimated ? "~" : "", units::to_text(*power));
  if (const auto stage = current_stage(snapshot)) {
    line += "  " + printable(stage_path(snapshot, *stage));
  }
  return shortened(std::move(line), columns);
}

}  // namespace turngreen::report
