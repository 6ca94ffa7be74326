#include "summary_json.h"

namespace turngreen::report {
namespace {

using nlohmann::ordered_json;

double number(units::Energy energy) { return energy.in_joules(); }
double number(units::Duration time) { return time.in_seconds(); }

template <typename T>
ordered_json spread_json(const pipeline::Spread<T>& spread) {
  const auto number_or_null = [](const auto& value) {
    return value ? ordered_json(number(*value)) : ordered_json();
  };
  ordered_json object;
  object["count"] = spread.count;
  object["mean"] = number_or_null(spread.mean);
  object["mean_low"] =
      spread.interval ? ordered_json(number(spread.interval->low)) : ordered_json();
  object["mean_high"] =
      spread.interval ? ordered_json(number(spread.interval->high)) : ordered_json();
  object["deviation"] = number_or_null(spread.deviation);
  object["coefficient_of_variation"] = spread.coefficient_of_variation
                                           ? ordered_json(*spread.coefficient_of_variation)
                                           : ordered_json();
  return object;
}

}  // namespace

ordered_json summary_json(const pipeline::RepeatSummary& summary) {
  ordered_json object;
  object["runs"] = summary.runs;
  object["energy_j"] = spread_json(summary.energy);
  object["seconds"] = spread_json(summary.time);
  object["stages"] = ordered_json::array();
  for (const auto& stage : summary.stages) {
    object["stages"].push_back(
        {{"name", stage.name},
         {"parent",
          stage.parent ? ordered_json(summary.stages.at(*stage.parent).name) : ordered_json()},
         {"parent_index", stage.parent ? ordered_json(*stage.parent) : ordered_json()},
         {"energy_j", spread_json(stage.energy)},
         {"seconds", spread_json(stage.time)}});
  }
  return object;
}

}  // namespace turngreen::report
