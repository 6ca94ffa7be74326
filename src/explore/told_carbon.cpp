#include "turngreen/explore/told_carbon.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace turngreen::explore {
namespace {

using study::Trial;

/// Intensities this near to each other are one: rounding and yearly updates, not another place.
constexpr double kSamePlace = 1.5;

std::optional<units::Carbon> emissions_of(const Trial& trial) {
  const auto found =
      std::ranges::find(trial.provenance, kEmissions, &std::pair<std::string, std::string>::first);
  if (found == trial.provenance.end()) return std::nullopt;
  const auto& text = found->second;
  double kilograms = 0;
  const char* end = text.data() + text.size();
  if (std::from_chars(text.data(), end, kilograms).ptr != end) return std::nullopt;
  return units::kilograms(kilograms);
}

bool full_run(const Trial& trial) {
  return trial.outcome && trial.assignment.fidelity >= 1 &&
         trial.assignment.purpose != study::Purpose::test && trial.outcome->energy &&
         trial.outcome->ending == pipeline::Ending::completed;
}

/// g/kWh of each run, ascending.
std::optional<std::string> disagreement_of(std::vector<double> intensities) {
  std::ranges::sort(intensities);
  if (intensities.empty() || intensities.back() <= kSamePlace * intensities.front()) {
    return std::nullopt;
  }
  const auto high = std::ranges::find_if(
      intensities, [&](double intensity) { return intensity > kSamePlace * intensities.front(); });
  return fmt::format(
      "the carbon of {} runs was told at {:.3g} g/kWh or less, that of {} at {:.3g} and more: they "
      "were placed elsewhere, so their gCO2e cannot be compared and is left out; --carbon gives "
      "all one intensity",
      high - intensities.begin(), *(high - 1), intensities.end() - high, *high);
}

}  // namespace

ToldCarbon told_carbon(const std::vector<Trial>& trials) {
  struct Sum {
    units::Carbon carbon;
    double runs = 0;
  };
  std::map<knobs::Configuration, Sum> sums;
  std::vector<double> intensities;
  for (const auto& trial : trials) {
    const auto carbon = full_run(trial) ? emissions_of(trial) : std::nullopt;
    if (!carbon) continue;
    auto& sum = sums[trial.assignment.configuration];
    sum.carbon += *carbon;
    sum.runs += 1;
    const double kilowatt_hours = trial.outcome->energy->value.in_kilowatt_hours();
    if (kilowatt_hours > 0) intensities.push_back(carbon->in_grams() / kilowatt_hours);
  }
  ToldCarbon told;
  told.disagreement = disagreement_of(std::move(intensities));
  if (told.disagreement) return told;
  for (const auto& [configuration, sum] : sums) {
    told.of.emplace(configuration, sum.carbon / sum.runs);
  }
  return told;
}

}  // namespace turngreen::explore
