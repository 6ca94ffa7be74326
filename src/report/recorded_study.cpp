#include "recorded_study.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "turngreen/knobs/catalogue.h"

namespace turngreen::report {
namespace {

/// JSON is YAML: quoting and escapes are left to its writer.
std::string as_yaml(const nlohmann::ordered_json& value) {
  return value.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

std::string knob_line(const knobs::Knob& knob) {
  nlohmann::ordered_json values = nlohmann::ordered_json::array();
  for (const auto& value : knob.values) values.push_back(value.text());
  std::string line = fmt::format("  {}: {{values: {}, off: {}, phase: {}", knob.id, as_yaml(values),
                                 as_yaml(knob.values[knob.off].text()), to_string(knob.phase));
  // A name alone does not make it the knob that turngreen knows by that name.
  if (knobs::find_in_catalogue(knob.id) != nullptr) {
    line += ", ordered: false, stages: [], requires: {}, excludes: {}, expected: {}";
  }
  if (!knob.description.empty())
    line += fmt::format(", description: {}", as_yaml(knob.description));
  return line + "}\n";
}

std::string quality_text(const RecordedStudy& study) {
  const QualityMetric& quality = *study.quality;
  std::string text = fmt::format("quality:\n  metric: {}\n", as_yaml(quality.name));
  if (study.max_drop) {
    text += fmt::format("  max_drop: {}\n", *study.max_drop);
  } else {
    text += fmt::format("  max_drop_relative: {}  # assumed, for nothing was said\n", kAssumedDrop);
  }
  if (!quality.higher_is_better) text += "  higher_is_better: false\n";
  if (!study.class_counts.empty()) {
    text += fmt::format("  classes: [{}]\n", fmt::join(study.class_counts, ", "));
  }
  return text;
}

}  // namespace

std::string recorded_study_text(const RecordedStudy& study) {
  std::string text = fmt::format(
      "# Written by `turngreen import {}`. Its trials were run elsewhere: there is nothing to "
      "run.\n"
      "# Phases are known for knobs of turngreen's own catalogue; others stand under training.\n"
      "name: {}\npipeline: {{recorded: {{source: {}}}}}\n",
      study.source, as_yaml(study.name), as_yaml(study.source));
  if (study.quality) text += quality_text(study);
  text += "knobs:\n";
  for (const auto& knob : study.knobs) text += knob_line(knob);
  return text;
}

std::string study_name(std::string_view text) {
  constexpr std::size_t kLongest = 64;
  std::string name(text.substr(0, kLongest));
  for (char& c : name) {
    const bool fits = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '_' || c == '-' || c == '.' || c == ' ';
    if (!fits) c = '_';
  }
  while (!name.empty() && (name.front() == '.' || name.front() == '-' || name.front() == ' ')) {
    name.erase(0, 1);
  }
  return name;
}

}  // namespace turngreen::report
