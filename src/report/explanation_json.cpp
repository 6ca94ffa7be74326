#include <nlohmann/json.hpp>

#include "extrapolation_json.h"
#include "knob_values.h"
#include "turngreen/report/explanation_text.h"

namespace turngreen::report {
namespace {

using nlohmann::ordered_json;

ordered_json interval_json(const units::Bounded<double>& value) {
  return {{"estimate", value.value}, {"low", value.low}, {"high", value.high}};
}

}  // namespace

std::string explanation_json(const explore::Explanation& explanation,
                             const study::StudyFile& study) {
  const auto knobs = study.space.knobs();
  ordered_json json;
  json["schema"] = "turngreen.explanation/1";
  json["study"] = study.name;
  json["knobs"] = ordered_json::array();
  for (const auto& effect : explanation.knobs) {
    json["knobs"].push_back(
        {{"knob", knobs[effect.knob].id},
         {"value", value_json(knobs[effect.knob].values[effect.level])},
         {"factor", interval_json(effect.factor)},
         {"quality_change",
          effect.quality_change ? interval_json(*effect.quality_change) : ordered_json(nullptr)},
         {"tried", effect.tried}});
  }
  json["pairs"] = ordered_json::array();
  for (const auto& pair : explanation.pairs) {
    json["pairs"].push_back(
        {{"first",
          {{knobs[pair.first].id, value_json(knobs[pair.first].values[pair.first_level])}}},
         {"second",
          {{knobs[pair.second].id, value_json(knobs[pair.second].values[pair.second_level])}}},
         {"factor", interval_json(pair.factor)},
         {"verdict", explore::to_string(pair.verdict)}});
  }
  json["leave_one_out"] = {{"predicted", explanation.predicted}, {"inside", explanation.inside}};
  json["extrapolation"] = extrapolation_json(explanation.extrapolation);
  return json.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace turngreen::report
