// Reads cases as a JSON list on standard input and writes the figures of each: the other side of
// compare_metrics.py.
#include <iostream>
#include <nlohmann/json.hpp>

#include "turngreen/engine/metrics/metrics.h"

namespace {

namespace metrics = turngreen::metrics;
using nlohmann::json;
using turngreen::checkpoint::Problem;

metrics::Outputs outputs_of(const json& one) {
  metrics::Outputs outputs;
  const auto problem = one.at("problem").get<std::string>();
  outputs.problem = problem == "multi_label"  ? Problem::multi_label
                    : problem == "regression" ? Problem::regression
                                              : Problem::single_label;
  outputs.outputs = one.at("outputs").get<std::int64_t>();
  outputs.logits = one.at("logits").get<std::vector<float>>();
  if (one.contains("classes")) outputs.classes = one["classes"].get<std::vector<std::int64_t>>();
  if (one.contains("targets")) outputs.targets = one["targets"].get<std::vector<float>>();
  return outputs;
}

json figures_of(const json& one) {
  const auto outputs = outputs_of(one);
  metrics::MetricOptions options;
  if (one.contains("threshold")) options.threshold = one["threshold"].get<double>();
  options.resamples = one.value("resamples", std::int64_t{0});
  json figures = json::object();
  for (const auto& metric : metrics::evaluate(outputs, options)) {
    figures["values"][metric.name] = metric.value ? json(*metric.value) : json();
    if (metric.interval)
      figures["intervals"][metric.name] = {metric.interval->low, metric.interval->high};
  }
  if (one.contains("choose")) {
    const auto chosen = metrics::choose_threshold(outputs, one["choose"].get<std::string>());
    figures["threshold"] = chosen ? json{chosen->probability, chosen->value} : json();
  }
  return figures;
}

}  // namespace

int main() {
  json all = json::array();
  for (const json& one : json::parse(std::cin)) all.push_back(figures_of(one));
  std::cout << all << "\n";
  return 0;
}
