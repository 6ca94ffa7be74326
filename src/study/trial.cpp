#include "turngreen/study/trial.h"

#include <algorithm>
#include <array>

namespace turngreen::study {
namespace {

struct Row {
  Purpose purpose;
  std::string_view word;
};
constexpr std::array kRows{Row{Purpose::baseline, "baseline"}, Row{Purpose::explore, "explore"},
                           Row{Purpose::verify, "verify"}, Row{Purpose::attribution, "attribution"},
                           Row{Purpose::test, "test"}};

}  // namespace

std::string_view to_string(Purpose purpose) {
  const auto row = std::ranges::find(kRows, purpose, &Row::purpose);
  return row == kRows.end() ? std::string_view() : row->word;
}

std::optional<Purpose> parse_purpose(std::string_view text) {
  const auto row = std::ranges::find(kRows, text, &Row::word);
  return row == kRows.end() ? std::nullopt : std::optional(row->purpose);
}

units::Energy spent(const std::vector<Trial>& trials) {
  units::Energy sum;
  for (const auto& trial : trials) {
    if (trial.outcome && trial.outcome->energy) sum += trial.outcome->energy->value;
  }
  return sum;
}

}  // namespace turngreen::study
