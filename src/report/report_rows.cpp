#include "report_rows.h"

#include "json_or_null.h"
#include "knob_values.h"
#include "turngreen/explore/trial_notes.h"

namespace turngreen::report {
namespace {

using explore::Change;
using explore::RepeatMean;
using nlohmann::ordered_json;

/// Low and high are null where nothing tells the interval.
ordered_json mean_json(const std::optional<RepeatMean>& mean) {
  if (!mean) return nullptr;
  ordered_json json{{"value", mean->mean}, {"low", nullptr}, {"high", nullptr}};
  if (mean->interval) {
    json["low"] = mean->interval->low;
    json["high"] = mean->interval->high;
  }
  return json;
}

/// "seconds", "seconds_low" and "seconds_high", and the like.
void add_mean(ordered_json& row, const std::string& name, const std::optional<RepeatMean>& mean) {
  row[name] = mean ? ordered_json(mean->mean) : ordered_json(nullptr);
  const bool known = mean && mean->interval;
  row[name + "_low"] = known ? ordered_json(mean->interval->low) : ordered_json(nullptr);
  row[name + "_high"] = known ? ordered_json(mean->interval->high) : ordered_json(nullptr);
}

void add_change(ordered_json& row, const std::string& name,
                const std::optional<explore::RelativeChange>& change) {
  row[name] = change ? ordered_json(change->value) : ordered_json(nullptr);
  const bool known = change && change->interval;
  row[name + "_low"] = known ? ordered_json(change->interval->low) : ordered_json(nullptr);
  row[name + "_high"] = known ? ordered_json(change->interval->high) : ordered_json(nullptr);
}

ordered_json change_json(const Change& change) {
  ordered_json json;
  add_change(json, "energy", change.energy);
  add_change(json, "seconds", change.seconds);
  return json;
}

ordered_json quadrant_json(const Change& change) {
  return change.quadrant ? ordered_json(explore::to_string(*change.quadrant))
                         : ordered_json(nullptr);
}

ordered_json stage_json(const explore::StageSummary& stage) {
  ordered_json json{
      {"name", stage.name},
      {"energy_j", mean_json(stage.energy)},
      {"seconds", stage.seconds ? ordered_json(stage.seconds->mean) : ordered_json(nullptr)},
      {"change", change_json(stage.change)},
      {"quadrant", quadrant_json(stage.change)},
      {"domains", ordered_json::object()}};
  for (const auto& domain : stage.domains) json["domains"][domain.name] = domain.joules;
  return json;
}

}  // namespace

ordered_json interval_row(const units::Bounded<double>& value) {
  return {{"value", value.value}, {"low", value.low}, {"high", value.high}};
}

ordered_json configuration_row(const explore::ConfigurationSummary& each,
                               const ConfigurationFigures& figures, const knobs::Space& space) {
  ordered_json row;
  row["name"] = each.name;
  row["configuration"] = configuration_json(space, each.configuration);
  row["energy_j"] = mean_json(each.energy);
  add_mean(row, "seconds", each.seconds);
  add_mean(row, "quality", each.quality);
  row["change"] = change_json(each.change);
  row["quadrant"] = quadrant_json(each.change);
  row["status"] = explore::to_string(each.status);
  row["reason"] = each.reason;
  row["runs"] = each.runs;
  row["full_runs"] = each.full_runs;
  row["estimated_share"] = each.energy ? ordered_json(each.estimated_share) : ordered_json(nullptr);
  row["metrics"] = ordered_json::object();
  for (const auto& metric : each.metrics) {
    row["metrics"][metric.name] = mean_json(metric.value);
    row["metrics"][metric.name]["runs"] = metric.value.runs;
  }
  row["stages"] = ordered_json::array();
  for (const auto& stage : each.stages) row["stages"].push_back(stage_json(stage));
  row["kwh"] = or_null(figures.kilowatt_hours);
  row["ear_j_per_point"] = or_null(figures.joules_per_point);
  row["gco2e"] = or_null(figures.grams_co2e);
  row["cost"] = or_null(figures.cost);
  row["flops"] = or_null(figures.flops);
  return row;
}

ordered_json trial_row(const study::Trial& trial, const std::string& configuration,
                       const std::string& metric) {
  const auto& outcome = *trial.outcome;
  const auto& energy = outcome.energy;
  const auto joules = [&](units::Energy units::Bounded<units::Energy>::*part) {
    return energy ? ordered_json(((*energy).*part).in_joules()) : ordered_json(nullptr);
  };
  using Bounds = units::Bounded<units::Energy>;
  ordered_json row;
  row["number"] = trial.number;
  row["configuration"] = configuration;
  row["purpose"] = study::to_string(trial.assignment.purpose);
  row["fidelity"] = trial.assignment.fidelity;
  row["seed"] = trial.assignment.seed;
  row["status"] = pipeline::to_string(outcome.ending);
  row["reason"] = outcome.reason.empty() ? ordered_json(nullptr) : ordered_json(outcome.reason);
  row["energy_j"] = joules(&Bounds::value);
  row["energy_low_j"] = joules(&Bounds::low);
  row["energy_high_j"] = joules(&Bounds::high);
  row["estimated_j"] = energy ? ordered_json(outcome.estimated.in_joules()) : ordered_json(nullptr);
  row["seconds"] = outcome.time.in_seconds();
  row["quality"] = or_null(outcome.metric(metric));
  row["metrics"] = ordered_json::object();
  for (const auto& each : outcome.metrics) row["metrics"][each.name] = each.value;
  row["rejected"] = or_null(explore::rejection_note(trial));
  row["energy_basis"] = outcome.energy_basis;
  return row;
}

}  // namespace turngreen::report
