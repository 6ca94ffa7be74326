#include <nlohmann/json.hpp>

#include "json_or_null.h"
#include "knob_values.h"
#include "turngreen/report/comparison_text.h"

namespace turngreen::report {
namespace {

using explore::ComparedQuantity;
using nlohmann::ordered_json;
using Kind = ComparedQuantity::Kind;

/// Low and high are null where nothing tells them.
ordered_json interval_json(double value, const std::optional<units::Bounded<double>>& interval) {
  ordered_json json{{"value", value}, {"low", nullptr}, {"high", nullptr}};
  if (interval) {
    json["low"] = interval->low;
    json["high"] = interval->high;
  }
  return json;
}

ordered_json mean_json(const std::optional<explore::RepeatMean>& mean) {
  if (!mean) return nullptr;
  ordered_json json = interval_json(mean->mean, mean->interval);
  json["runs"] = mean->runs;
  return json;
}

ordered_json configuration_of(const std::string& name, const knobs::Configuration& configuration,
                              std::size_t full_runs, const knobs::Space& space) {
  return {{"name", name},
          {"configuration", configuration_json(space, configuration)},
          {"full_runs", full_runs}};
}

ordered_json quantity_json(const ComparedQuantity& quantity) {
  const bool metric = quantity.kind == Kind::metric;
  const char* kind = metric ? "metric" : quantity.kind == Kind::energy ? "energy" : "seconds";
  const char* unit = quantity.kind == Kind::energy ? "J" : "s";
  return {
      {"kind", kind},
      {"metric", text_or_null(quantity.name)},
      {"stage", text_or_null(quantity.stage)},
      {"unit", metric ? ordered_json(nullptr) : ordered_json(unit)},
      {"first", mean_json(quantity.first)},
      {"second", mean_json(quantity.second)},
      {"difference", quantity.difference ? interval_json(*quantity.difference, quantity.interval)
                                         : ordered_json(nullptr)},
      {"change", or_null(quantity.change)},
      {"p", or_null(quantity.p_value)},
      {"significance", explore::to_string(quantity.significance)}};
}

ordered_json by_rows_json(const std::optional<explore::PairedVerification>& by_rows,
                          const std::string& metric) {
  if (!by_rows) return nullptr;
  const auto& drop = by_rows->drop;
  return {{"metric", metric},
          {"rows", by_rows->rows},
          {"first", drop.baseline},
          {"second", drop.candidate},
          {"drop", interval_json(drop.drop.value, drop.drop)},
          {"probability_beyond_budget", drop.probability_beyond_budget}};
}

}  // namespace

std::string comparison_json(const explore::Comparison& comparison, const study::StudyFile& study) {
  ordered_json json;
  json["schema"] = "turngreen.comparison/1";
  json["study"] = study.name;
  json["first"] =
      configuration_of(comparison.first_name, comparison.first, comparison.first_runs, study.space);
  json["second"] = configuration_of(comparison.second_name, comparison.second,
                                    comparison.second_runs, study.space);
  json["quantities"] = ordered_json::array();
  for (const auto& quantity : comparison.quantities) {
    json["quantities"].push_back(quantity_json(quantity));
  }
  json["by_rows"] = by_rows_json(comparison.by_rows, study.quality.metric);
  return json.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace turngreen::report
