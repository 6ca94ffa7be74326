#include "configuration_figures.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <map>

namespace turngreen::report {
namespace {

using explore::ConfigurationSummary;

constexpr std::string_view kEmissions = "emissions_kg";

std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return std::tolower(c); });
  return text;
}

/// The mean of the first metric whose name ends with one of the words.
std::optional<double> metric_named(const ConfigurationSummary& each,
                                   std::initializer_list<std::string_view> words) {
  for (const auto word : words) {
    for (const auto& metric : each.metrics) {
      const auto name = lower(metric.name);
      const bool whole = name.size() == word.size() || name[name.size() - word.size() - 1] == '_';
      if (name.ends_with(word) && whole) return metric.value.mean;
    }
  }
  return std::nullopt;
}

std::optional<double> points_of(const StudyReport& report, const ConfigurationSummary& each) {
  auto accuracy = metric_named(each, {"accuracy"});
  if (!accuracy && report.study.quality.higher_is_better && each.quality) {
    accuracy = each.quality->mean;
  }
  if (!accuracy || *accuracy <= 0) return std::nullopt;
  return *accuracy <= 1 ? 100 * *accuracy : *accuracy;
}

std::optional<double> emissions_of(const study::Trial& trial) {
  for (const auto& [name, text] : trial.provenance) {
    double kilograms = 0;
    const char* end = text.data() + text.size();
    if (name == kEmissions && std::from_chars(text.data(), end, kilograms).ptr == end) {
      return kilograms;
    }
  }
  return std::nullopt;
}

/// Mean grams of the completed full runs that tell; by configuration.
std::map<knobs::Configuration, double> told_emissions(const StudyReport& report) {
  std::map<knobs::Configuration, std::pair<double, std::size_t>> sums;
  for (const auto& trial : report.trials) {
    const bool full = trial.assignment.fidelity >= 1 && trial.outcome &&
                      trial.outcome->ending == pipeline::Ending::completed;
    const auto kilograms = full ? emissions_of(trial) : std::nullopt;
    if (!kilograms) continue;
    auto& [sum, count] = sums[trial.assignment.configuration];
    sum += units::kilograms(*kilograms).in_grams();
    ++count;
  }
  std::map<knobs::Configuration, double> means;
  for (const auto& [configuration, sum] : sums) {
    means.emplace(configuration, sum.first / static_cast<double>(sum.second));
  }
  return means;
}

}  // namespace

std::vector<ConfigurationFigures> configuration_figures(const StudyReport& report) {
  std::map<knobs::Configuration, double> emissions;
  if (!report.carbon) emissions = told_emissions(report);
  std::vector<ConfigurationFigures> all;
  for (const auto& each : report.analysis.configurations) {
    ConfigurationFigures figures;
    if (each.energy) {
      const auto energy = units::joules(each.energy->mean);
      figures.kilowatt_hours = energy.in_kilowatt_hours();
      if (const auto points = points_of(report, each)) {
        figures.joules_per_point = each.energy->mean / *points;
      }
      if (report.carbon) figures.grams_co2e = (energy * report.carbon->intensity).in_grams();
      if (report.price) figures.cost = (energy * *report.price).amount();
    }
    const auto told = emissions.find(each.configuration);
    if (told != emissions.end()) figures.grams_co2e = told->second;
    figures.flops = metric_named(each, {"flops", "total_flos", "flos"});
    all.push_back(figures);
  }
  return all;
}

std::string carbon_source(const StudyReport& report) {
  if (report.carbon) return report.carbon->source;
  for (const auto& trial : report.trials) {
    if (emissions_of(trial)) return "as the imported files say";
  }
  return {};
}

std::vector<std::string> stage_names(const StudyReport& report) {
  std::vector<std::string> names;
  for (const auto& each : report.analysis.configurations) {
    for (const auto& stage : each.stages) {
      if (std::ranges::find(names, stage.name) == names.end()) names.push_back(stage.name);
    }
  }
  return names;
}

std::string budget_text(const study::QualityBudget& quality) {
  std::string text;
  const auto add = [&](std::string part) { text += (text.empty() ? "" : ", ") + part; };
  const char* worse = quality.higher_is_better ? "drop" : "rise";
  if (quality.max_drop) add(fmt::format("may {} by {:g}", worse, *quality.max_drop));
  if (quality.max_drop_relative) {
    add(fmt::format("may {} by {:g} %", worse, 100 * *quality.max_drop_relative));
  }
  if (quality.min) {
    add(fmt::format("must be {:g} or {}", *quality.min,
                    quality.higher_is_better ? "more" : "less"));
  }
  return text.empty() ? text : quality.metric + " " + text;
}

}  // namespace turngreen::report
