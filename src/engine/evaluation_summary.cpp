#include "evaluation_summary.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <vector>

namespace turngreen::engine {

std::string evaluation_text(std::string_view rows, const train::Evaluation& evaluation) {
  constexpr std::array<std::string_view, 6> kTold{"loss",     "f1_macro", "mcc",
                                                  "accuracy", "roc_auc",  "r2"};
  std::vector<std::string> figures;
  for (const metrics::Metric& metric : evaluation.metrics) {
    if (metric.value && std::find(kTold.begin(), kTold.end(), metric.name) != kTold.end())
      figures.push_back(fmt::format("{} {:.4f}", metric.name, *metric.value));
  }
  std::string text =
      fmt::format("  {:<13}{}, of step {}\n", rows, fmt::join(figures, ", "), evaluation.step);
  if (evaluation.threshold) text += fmt::format("  threshold    {:.4g}\n", *evaluation.threshold);
  for (const std::string& warning : evaluation.warnings)
    text += fmt::format("  warning      {}\n", warning);
  return text;
}

nlohmann::ordered_json evaluation_json(const train::Evaluation& evaluation) {
  nlohmann::ordered_json json = {
      {"step", evaluation.step},
      {"epoch", evaluation.epoch},
      {"threshold", evaluation.threshold ? nlohmann::ordered_json(*evaluation.threshold)
                                         : nlohmann::ordered_json(nullptr)}};
  for (const metrics::Metric& metric : evaluation.metrics)
    json[metric.name] =
        metric.value ? nlohmann::ordered_json(*metric.value) : nlohmann::ordered_json(nullptr);
  json["warnings"] = evaluation.warnings;
  return json;
}

}  // namespace turngreen::engine
