#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "fault_lines.h"
#include "turngreen/pipeline/engine_pipeline.h"

namespace turngreen::pipeline {
namespace {

using nlohmann::json;

/// Why a knob of that id is not there, as the engine says it.
std::string reason_of_absence(const json& description, const std::string& id) {
  for (const json& absent : description.at("absent_knobs")) {
    const auto ids = absent.at("ids").get<std::vector<std::string>>();
    if (std::ranges::find(ids, id) != ids.end()) return absent.at("why").get<std::string>();
  }
  return "it has no such option";
}

void check_number(const json& support, const knobs::Knob& knob, const knobs::Value& value,
                  FaultLines& faults) {
  const auto number = value.number();
  const double least = support.value("least", -HUGE_VAL);
  const double most = support.value("most", HUGE_VAL);
  if (number && *number >= least && *number <= most) return;
  faults.add(fmt::format(
      "knob {}: {} cannot be had here; the engine takes {} {}", knob.id, value.text(),
      support.contains("most") ? "numbers from" : "at least",
      support.contains("most") ? fmt::format("{} to {}", least, most) : fmt::format("{}", least)));
}

void check_word(const json& values, const knobs::Knob& knob, const knobs::Value& value,
                FaultLines& faults) {
  std::vector<std::string> there;
  std::string why = "the engine has no such value";
  for (const json& one : values) {
    const auto word = one.at("value").get<std::string>();
    if (one.at("is_there").get<bool>()) there.push_back(word);
    if (knobs::Value(word) == value) why = one.value("why", "");
  }
  if (why.empty()) return;
  faults.add(fmt::format("knob {}: {} cannot be had here: {}; write values: [{}]", knob.id,
                         value.text(), why, fmt::join(there, ", ")));
}

void check_knob(const json& description, const knobs::Knob& knob, FaultLines& faults) {
  const auto& all = description.at("knobs");
  const auto support = std::find_if(all.begin(), all.end(),
                                    [&](const json& one) { return one.at("id") == knob.id; });
  if (support == all.end()) {
    faults.add(fmt::format("knob {}: turngreen-engine has it not: {}; leave it out", knob.id,
                           reason_of_absence(description, knob.id)));
    return;
  }
  if (!support->at("is_there").get<bool>()) {
    faults.add(fmt::format("knob {}: it cannot be set here: {}; leave it out", knob.id,
                           support->value("why", "")));
    return;
  }
  const bool has_words = support->contains("values");
  for (const knobs::Value& value : knob.values) {
    // A knob may take words beside numbers: "auto", "off".
    const bool is_word = has_words && (!support->contains("least") || !value.number());
    if (is_word) {
      check_word(support->at("values"), knob, value, faults);
    } else {
      check_number(*support, knob, value, faults);
    }
  }
}

}  // namespace

Result<void> check_knobs_of_engine(std::string_view description, const knobs::Space& space) {
  FaultLines faults;
  try {
    const json parsed = json::parse(description);
    for (const knobs::Knob& knob : space.knobs()) check_knob(parsed, knob, faults);
  } catch (const json::exception& problem) {
    return fail(Error::Kind::invalid_input,
                fmt::format("what turngreen-engine describe says is not understood ({}); is it of "
                            "another version than turngreen?",
                            problem.what()));
  }
  if (!faults.empty()) return fail(Error::Kind::invalid_input, faults.text());
  return {};
}

}  // namespace turngreen::pipeline
