#include <nlohmann/json.hpp>

#include "turngreen/report/knobs_report.h"

namespace turngreen::report {
namespace {

using nlohmann::ordered_json;

ordered_json texts_json(const std::vector<knobs::Value>& values) {
  ordered_json texts = ordered_json::array();
  for (const auto& value : values) texts.push_back(value.text());
  return texts;
}

ordered_json conditions_json(const std::vector<knobs::Condition>& conditions) {
  ordered_json object = ordered_json::object();
  for (const auto& condition : conditions) object[condition.knob] = texts_json(condition.values);
  return object;
}

ordered_json expected_json(const knobs::Knob& knob) {
  ordered_json object = ordered_json::object();
  for (std::size_t i = 0; i < knob.expected.size(); ++i) {
    if (!knob.expected[i]) continue;
    object[knob.values[i].text()] = {{"factor", knob.expected[i]->energy_factor},
                                     {"spread", knob.expected[i]->log_spread}};
  }
  return object;
}

ordered_json knob_json(const knobs::Knob& knob) {
  ordered_json object;
  object["id"] = knob.id;
  object["phase"] = to_string(knob.phase);
  object["resource"] = knob.resource ? ordered_json(to_string(*knob.resource)) : ordered_json();
  object["values"] = texts_json(knob.values);
  object["off"] = knob.values[knob.off].text();
  object["ordered"] = knob.ordered;
  object["stages"] = knob.stages;
  object["requires"] = conditions_json(knob.needs);
  object["excludes"] = conditions_json(knob.excludes);
  object["expected"] = expected_json(knob);
  object["description"] = knob.description;
  object["source"] = knob.source.empty() ? ordered_json() : ordered_json(knob.source);
  return object;
}

}  // namespace

std::string knobs_json(std::span<const knobs::Knob> knobs) {
  ordered_json document;
  document["schema"] = kKnobsSchema;
  document["generator"] = "turngreen " TURNGREEN_VERSION;
  document["knobs"] = ordered_json::array();
  for (const auto& knob : knobs) document["knobs"].push_back(knob_json(knob));
  return document.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + '\n';
}

}  // namespace turngreen::report
