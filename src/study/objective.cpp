#include <algorithm>
#include <array>

#include "turngreen/study/study_file.h"

namespace turngreen::study {
namespace {

struct Row {
  Objective objective;
  std::string_view word;
};
constexpr std::array kRows{Row{Objective::energy, "energy"}, Row{Objective::carbon, "carbon"},
                           Row{Objective::cost, "cost"},
                           Row{Objective::energy_delay, "energy_delay"}};

}  // namespace

std::string_view to_string(Objective objective) {
  const auto row = std::ranges::find(kRows, objective, &Row::objective);
  return row == kRows.end() ? std::string_view() : row->word;
}

std::optional<Objective> parse_objective(std::string_view text) {
  const auto row = std::ranges::find(kRows, text, &Row::word);
  return row == kRows.end() ? std::nullopt : std::optional(row->objective);
}

}  // namespace turngreen::study
