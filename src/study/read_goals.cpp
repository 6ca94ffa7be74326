#include "read_goals.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "turngreen/energy/carbon_intensity.h"
#include "turngreen/units/text.h"

namespace turngreen::study {
namespace {

using units::in_quotes;

/// "2 baselines", where the text is of that kind.
std::optional<double> in_baselines(std::string_view text) {
  double number = 0;
  const char* const end = text.data() + text.size();
  const auto [stopped, problem] = std::from_chars(text.data(), end, number);
  std::string_view unit(stopped, static_cast<std::size_t>(end - stopped));
  unit.remove_prefix(std::min(unit.find_first_not_of(' '), unit.size()));
  const bool known = unit == "baselines" || unit == "baseline";
  return problem == std::errc() && known ? std::optional(number) : std::nullopt;
}

void read_energy(const YamlField& field, Budget& budget) {
  constexpr double kMostBaselines = 1e6;
  const auto text = field.text();
  if (!text) return;
  if (const auto baselines = in_baselines(*text)) {
    budget.baselines = baselines;
    if (*baselines > 0 && *baselines <= kMostBaselines) return;
  } else if (const auto energy = units::parse_energy(*text)) {
    budget.energy = *energy;
    if (*energy > units::Energy()) return;
  }
  field.fault(
      fmt::format("found {}; write baseline runs or an energy, above 0, such as 2 baselines "
                  "or 500 kJ",
                  in_quotes(*text)));
}

}  // namespace

QualityBudget read_quality(const YamlField& field) {
  QualityBudget quality;
  YamlSection section(field);
  quality.metric =
      section.required("metric", "the name of what the pipeline reports").text().value_or("");
  const YamlField drop = section["max_drop"];
  const YamlField relative = section["max_drop_relative"];
  const YamlField least = section["min"];
  quality.max_drop = drop.number({.low = 0});
  quality.max_drop_relative = relative.number({.low = 0, .high = 1, .high_excluded = true});
  quality.min = least.number();
  quality.higher_is_better = section["higher_is_better"].truth().value_or(true);
  for (const auto& item : section["classes"].items()) {
    constexpr std::size_t kMostRows = 1'000'000'000'000;
    if (const auto rows = item.count(0, kMostRows)) quality.class_counts.push_back(*rows);
  }
  quality.truth_column = section["truth_column"].text().value_or(quality.truth_column);
  quality.prediction_column =
      section["prediction_column"].text().value_or(quality.prediction_column);
  section.finish();
  if (field.is_map() && !drop.present() && !relative.present() && !least.present()) {
    field.fault("it says no limit; write max_drop, max_drop_relative or min");
  }
  return quality;
}

Budget read_budget(const YamlField& field) {
  Budget budget;
  if (!field.present()) return budget;
  YamlSection section(field);
  constexpr std::size_t kMostTrials = 1'000'000;
  budget.trials = section["trials"].count(1, kMostTrials);
  read_energy(section["energy"], budget);
  const YamlField time = section["time"];
  budget.time = time.parsed(units::parse_duration);
  if (budget.time && *budget.time <= units::Duration()) {
    time.fault("must be above 0; write how long the study may take, such as 2 h");
  }
  section.finish();
  return budget;
}

std::vector<Constraint> read_constraints(const YamlField& field) {
  std::vector<Constraint> constraints;
  for (const auto& [metric, bounds] : field.entries()) {
    YamlSection section(bounds);
    const YamlField max = section["max"];
    const YamlField min = section["min"];
    section.finish();
    const Constraint constraint{metric, max.number(), min.number()};
    if (bounds.is_map() && !max.present() && !min.present()) {
      bounds.fault("it says no bound; write max, min or both");
    }
    if (constraint.max && constraint.min && *constraint.max < *constraint.min) {
      bounds.fault(
          fmt::format("nothing is at least {} and at most {}", *constraint.min, *constraint.max));
    }
    constraints.push_back(constraint);
  }
  return constraints;
}

std::optional<units::CarbonIntensity> read_carbon(const YamlField& field) {
  const auto text = field.text();
  if (!text) return std::nullopt;
  const bool number = text->find_first_of("0123456789") != std::string::npos;
  if (number) return field.parsed(units::parse_carbon_intensity);
  if (const auto country = energy::find_country_intensity(*text)) return country->intensity;
  field.fault(
      fmt::format("found {}; write gCO2e/kWh as a number, or the two letters of a country "
                  "such as FR (there are {} in the table)",
                  in_quotes(*text), energy::country_intensities().size()));
  return std::nullopt;
}

}  // namespace turngreen::study
