#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "knob_values.h"
#include "turngreen/report/tuning_result.h"

namespace turngreen::report {
namespace {

/// JSON is YAML: quoting and escapes are left to its writer.
std::string as_yaml(const nlohmann::ordered_json& value) {
  return value.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

}  // namespace

std::string best_yaml(const TuningResult& result) {
  const auto& found = result.recommendation;
  std::string text =
      "# The configuration that turngreen recommends; written by `turngreen tune`, run by "
      "`turngreen run`.\n";
  text += fmt::format("study: {}\n", as_yaml(result.study.name));
  text += fmt::format("better_than_baseline: {}\n", found.better_than_baseline);
  text += "configuration:\n";
  for (const auto& [id, value] : result.study.space.settings(found.configuration)) {
    text += fmt::format("  {}: {}\n", id, as_yaml(value_json(value)));
  }
  if (const auto& command = result.command; !command.words.empty()) {
    text += fmt::format("command: {}\n", as_yaml(command.words));
    text += fmt::format("directory: {}\n", as_yaml(command.directory.string()));
    text += fmt::format("environment: {}\n", as_yaml(command.environment));
  }
  text += fmt::format("saving: {{estimate: {:.6g}, low: {:.6g}, high: {:.6g}}}\n",
                      found.saving.value, found.saving.low, found.saving.high);
  if (found.quality) {
    text += fmt::format("quality: {{metric: {}, estimate: {:.6g}, low: {:.6g}, high: {:.6g}}}\n",
                        as_yaml(result.study.quality.metric), found.quality->value,
                        found.quality->low, found.quality->high);
  }
  if (result.test && result.test->configuration == found.configuration) {
    text += fmt::format("test: {{verdict: {}, said: {}}}\n",
                        explore::to_string(result.test->verdict), as_yaml(result.test->sentence));
  }
  return text;
}

}  // namespace turngreen::report
