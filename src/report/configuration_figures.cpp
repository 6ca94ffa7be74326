#include "configuration_figures.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "turngreen/explore/told_carbon.h"

namespace turngreen::report {
namespace {

using explore::ConfigurationSummary;

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

/// On held-out rows: how well it knows those that it was trained on is not meant.
std::optional<double> accuracy_of(const ConfigurationSummary& each) {
  constexpr std::array<std::string_view, 5> kNames{"accuracy", "test_accuracy", "eval_accuracy",
                                                   "validation_accuracy", "val_accuracy"};
  for (const auto name : kNames) {
    for (const auto& metric : each.metrics) {
      if (lower(metric.name) == name) return metric.value.mean;
    }
  }
  return std::nullopt;
}

/// Hundredths; a metric that is neither a share nor a percentage has none.
std::optional<double> points_of(const StudyReport& report, const ConfigurationSummary& each) {
  auto accuracy = accuracy_of(each);
  if (!accuracy && report.study.quality.higher_is_better && each.quality) {
    accuracy = each.quality->mean;
  }
  if (!accuracy || *accuracy <= 0 || *accuracy > 100) return std::nullopt;
  return *accuracy <= 1 ? 100 * *accuracy : *accuracy;
}

}  // namespace

std::vector<ConfigurationFigures> configuration_figures(const StudyReport& report) {
  explore::ToldCarbon told;
  if (!report.carbon) told = explore::told_carbon(report.trials);
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
    const auto carbon = told.of.find(each.configuration);
    if (carbon != told.of.end()) figures.grams_co2e = carbon->second.in_grams();
    figures.flops = metric_named(each, {"flops", "total_flos", "flos"});
    all.push_back(figures);
  }
  return all;
}

std::string carbon_source(const StudyReport& report) {
  if (report.carbon) return report.carbon->source;
  return explore::told_carbon(report.trials).of.empty() ? "" : "as the imported files say";
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
