#include "evaluation_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "energy_json.h"

namespace turngreen::engine {
namespace {

using nlohmann::ordered_json;

constexpr std::size_t kFiguresOfClass = 3;  ///< precision, recall, F1: the last of the metrics
constexpr std::size_t kClassesShown = 20;

std::size_t class_count(const EvaluationReport& report) {
  return report.labels.problem == checkpoint::Problem::regression ? 0 : report.labels.names.size();
}

/// Metrics that are of no single class.
std::size_t overall_count(const EvaluationReport& report) {
  return report.metrics.size() - kFiguresOfClass * class_count(report);
}

const metrics::Metric& of_class(const EvaluationReport& report, std::size_t label,
                                std::size_t figure) {
  return report.metrics[overall_count(report) + kFiguresOfClass * label + figure];
}

ordered_json value_json(const std::optional<double>& value) {
  return value ? ordered_json(*value) : ordered_json();
}

ordered_json classes_json(const EvaluationReport& report) {
  ordered_json classes = ordered_json::array();
  for (std::size_t k = 0; k < class_count(report); ++k) {
    classes.push_back({{"name", report.labels.names[k]},
                       {"rows", report.rows_of_labels[k]},
                       {"precision", value_json(of_class(report, k, 0).value)},
                       {"recall", value_json(of_class(report, k, 1).value)},
                       {"f1", value_json(of_class(report, k, 2).value)}});
  }
  return classes;
}

ordered_json intervals_json(const EvaluationReport& report) {
  ordered_json intervals = ordered_json::object();
  for (const metrics::Metric& metric : report.metrics) {
    if (metric.interval) intervals[metric.name] = {metric.interval->low, metric.interval->high};
  }
  return intervals;
}

std::string value_text(const std::optional<double>& value) {
  return value ? fmt::format("{:.4f}", *value) : "-";
}

std::string interval_text(const metrics::Metric& metric) {
  if (!metric.interval) return {};
  return fmt::format("  {:.4f} .. {:.4f}", metric.interval->low, metric.interval->high);
}

std::string classes_text(const EvaluationReport& report) {
  const std::size_t shown = std::min(class_count(report), kClassesShown);
  if (shown == 0) return {};
  std::size_t width = 5;
  for (std::size_t k = 0; k < shown; ++k)
    width = std::max(width, std::min<std::size_t>(40, report.labels.names[k].size()));
  std::string text = fmt::format("{:<{}}  {:>8}  precision  recall  f1\n", "class", width, "rows");
  for (std::size_t k = 0; k < shown; ++k) {
    text += fmt::format("{:<{}.40}  {:>8}  {:>9}  {:>6}  {}\n", report.labels.names[k], width,
                        report.rows_of_labels[k], value_text(of_class(report, k, 0).value),
                        value_text(of_class(report, k, 1).value),
                        value_text(of_class(report, k, 2).value));
  }
  const std::size_t left = class_count(report) - shown;
  if (left > 0) text += fmt::format("and {} more classes: --json FILE has them all\n", left);
  return text;
}

std::string settings_text(const EvaluationReport& report) {
  std::string text;
  for (const auto& [name, value] : report.settings) {
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", name, value);
  }
  return text;
}

}  // namespace

std::string problem_name(checkpoint::Problem problem) {
  switch (problem) {
    case checkpoint::Problem::multi_label:
      return "multi_label_classification";
    case checkpoint::Problem::regression:
      return "regression";
    default:
      return "single_label_classification";
  }
}

std::string as_json(const EvaluationReport& report) {
  ordered_json all = ordered_json::object();
  for (const metrics::Metric& metric : report.metrics) {
    all[metric.name] = value_json(metric.value);
  }
  all["intervals"] = intervals_json(report);
  all["confidence"] = report.metric_options.confidence;
  all["resamples"] = report.metric_options.resamples;
  all["seed"] = report.metric_options.seed;
  if (class_count(report) > 0) all["classes"] = classes_json(report);
  all["warnings"] = report.warnings;
  all["rows"] = report.rows;
  all["bad_rows"] = report.bad_rows;
  all["tokens"] = report.tokens;
  all["seconds"] = report.seconds;
  all["flops"] = report.flops;
  all["energy"] = energy_json(report.energy);
  all["problem"] = problem_name(report.labels.problem);
  all["threshold"] = value_json(report.threshold);
  all["threshold_from"] = report.threshold_from;
  all["model"] = report.model;
  all["data"] = report.data;
  all["text_column"] = report.text_column;
  all["label_column"] = report.label_column;
  for (const auto& [name, value] : report.settings) all[name] = value;
  return all.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

std::string as_text(const EvaluationReport& report) {
  const double speed = report.seconds > 0 ? static_cast<double>(report.rows) / report.seconds : 0;
  std::string text = fmt::format(
      "{}: {} rows{}, {} tokens, {:.2f} s, {:.1f} rows/s\n{}\n", report.data, report.rows,
      report.bad_rows == 0 ? std::string() : fmt::format(" ({} bad ones skipped)", report.bad_rows),
      report.tokens, report.seconds, speed, settings_text(report));
  text += fmt::format("{:.3g} GFLOP{}\n", static_cast<double>(report.flops) * 1e-9,
                      report.energy ? "; " + to_text(*report.energy) : std::string());
  if (!report.threshold_from.empty()) {
    text += fmt::format("threshold {}{}\n",
                        report.threshold ? fmt::format("{:.4g}, ", *report.threshold) : "",
                        report.threshold_from);
  }
  text += "\n";
  for (std::size_t n = 0; n < overall_count(report); ++n) {
    const metrics::Metric& metric = report.metrics[n];
    text += fmt::format("{:<18}{:>9}{}\n", metric.name, value_text(metric.value),
                        interval_text(metric));
  }
  if (const auto classes = classes_text(report); !classes.empty()) text += "\n" + classes;
  for (const std::string& warning : report.warnings) text += "warning: " + warning + "\n";
  return text;
}

}  // namespace turngreen::engine
