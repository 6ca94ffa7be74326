#include <nlohmann/json.hpp>

#include "extrapolation_json.h"
#include "json_or_null.h"
#include "knob_values.h"
#include "turngreen/explore/trial_notes.h"
#include "turngreen/report/tuning_result.h"

namespace turngreen::report {
namespace {

using nlohmann::ordered_json;

ordered_json bounded_json(const units::Bounded<double>& value) {
  return {{"estimate", value.value}, {"low", value.low}, {"high", value.high}};
}

ordered_json by_rows_json(const std::optional<explore::PairedVerification>& by_rows) {
  if (!by_rows) return nullptr;
  return {{"rows", by_rows->rows},
          {"drop", bounded_json(by_rows->drop.drop)},
          {"probability_beyond_budget", by_rows->drop.probability_beyond_budget}};
}

ordered_json test_json(const TuningResult& result) {
  if (!result.test) return nullptr;
  const auto& test = *result.test;
  return {{"configuration", configuration_json(result.study.space, test.configuration)},
          {"recommended", test.configuration == result.recommendation.configuration},
          {"quality", or_null(test.quality)},
          {"baseline_quality", or_null(test.baseline_quality)},
          {"drop", or_null(test.drop)},
          {"by_rows", by_rows_json(test.by_rows)},
          {"verdict", explore::to_string(test.verdict)},
          {"sentence", test.sentence}};
}

ordered_json quality_json(const TuningResult& result) {
  const auto& found = result.recommendation;
  const auto& budget = result.study.quality;
  ordered_json quality;
  quality["metric"] = budget.metric;
  quality["estimate"] = found.quality ? ordered_json(found.quality->value) : ordered_json(nullptr);
  quality["low"] = found.quality ? ordered_json(found.quality->low) : ordered_json(nullptr);
  quality["high"] = found.quality ? ordered_json(found.quality->high) : ordered_json(nullptr);
  quality["drop"] = found.drop ? bounded_json(*found.drop) : ordered_json(nullptr);
  quality["max_drop"] = or_null(budget.max_drop);
  quality["max_drop_relative"] = or_null(budget.max_drop_relative);
  quality["min"] = or_null(budget.min);
  quality["by_rows"] = by_rows_json(result.by_rows);
  quality["probability_within_budget"] = found.probability_within_budget;
  return quality;
}

ordered_json trial_json(const study::Trial& trial, const knobs::Space& space) {
  const auto& outcome = *trial.outcome;
  ordered_json json;
  json["number"] = trial.number;
  json["purpose"] = study::to_string(trial.assignment.purpose);
  json["configuration"] = configuration_json(space, trial.assignment.configuration);
  json["fidelity"] = trial.assignment.fidelity;
  json["seed"] = trial.assignment.seed;
  const auto& energy = outcome.energy;
  json["energy_j"] = energy ? ordered_json(energy->value.in_joules()) : ordered_json(nullptr);
  json["energy_low_j"] = energy ? ordered_json(energy->low.in_joules()) : ordered_json(nullptr);
  json["energy_high_j"] = energy ? ordered_json(energy->high.in_joules()) : ordered_json(nullptr);
  json["estimated_j"] =
      energy ? ordered_json(outcome.estimated.in_joules()) : ordered_json(nullptr);
  json["seconds"] = outcome.time.in_seconds();
  json["quality"] = ordered_json::object();
  for (const auto& metric : outcome.metrics) json["quality"][metric.name] = metric.value;
  json["status"] = pipeline::to_string(outcome.ending);
  json["reason"] = outcome.reason.empty() ? ordered_json(nullptr) : ordered_json(outcome.reason);
  json["rejected"] = or_null(explore::rejection_note(trial));
  const auto recommended = explore::recommendation_note(trial, space);
  json["recommended_after"] =
      recommended ? configuration_json(space, *recommended) : ordered_json(nullptr);
  return json;
}

}  // namespace

std::string tuning_json(const TuningResult& result) {
  const auto& space = result.study.space;
  const auto& found = result.recommendation;
  ordered_json json;
  json["schema"] = "turngreen.tuning/1";
  json["study"] = result.study.name;
  json["seed"] = result.seed;
  json["objective"] = study::to_string(result.study.objective);
  json["recommended"] = configuration_json(space, found.configuration);
  json["better_than_baseline"] = found.better_than_baseline;
  json["saving"] = bounded_json(found.saving);
  json["quality"] = quality_json(result);
  json["test"] = test_json(result);
  json["full_runs"] = found.full_runs;
  json["baseline_full_runs"] = found.baseline_full_runs;
  json["spent_j"] = study::spent(result.trials).in_joules();
  const auto& baseline = found.baseline_energy;
  json["baseline_j"] = baseline ? ordered_json(baseline->value.in_joules()) : ordered_json(nullptr);
  json["baseline_low_j"] =
      baseline ? ordered_json(baseline->low.in_joules()) : ordered_json(nullptr);
  json["baseline_high_j"] =
      baseline ? ordered_json(baseline->high.in_joules()) : ordered_json(nullptr);
  json["extrapolation"] = extrapolation_json(result.extrapolation);
  json["ended"] = result.end_reason;
  json["interrupted"] = result.interrupted;
  json["warnings"] = result.warnings;
  json["trials"] = ordered_json::array();
  for (const auto& trial : result.trials) json["trials"].push_back(trial_json(trial, space));
  json["rejected"] = ordered_json::array();
  for (const auto& rejection : result.rejections) {
    json["rejected"].push_back(
        {{"configuration", configuration_json(space, rejection.configuration)},
         {"reason", rejection.reason}});
  }
  return json.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace turngreen::report
