#pragma once

#include <vector>

#include "study/sample_study.h"
#include "turngreen/report/tuning_result.h"

namespace turngreen::report {

inline study::StudyFile sample_study_file() {
  study::StudyFile study;
  study.name = "digits";
  study.space = study::sample_space();
  study.quality.metric = "macro_f1";
  study.quality.max_drop = 0.01;
  return study;
}

/// A baseline of 100 J, a winner of 40 J and a failure; `study` must outlive it.
inline TuningResult sample_tuning(const study::StudyFile& study) {
  TuningResult result{study, 7, {}, {}, {}, "no configuration is left", false, {}};
  const auto add = [&](std::vector<knobs::Level> levels, pipeline::Outcome outcome) {
    study::Trial trial;
    trial.number = static_cast<std::int64_t>(result.trials.size()) + 1;
    trial.assignment = study::assignment(std::move(levels));
    outcome.estimated = units::Energy();
    trial.outcome = std::move(outcome);
    result.trials.push_back(std::move(trial));
  };
  add({0, 0}, study::sample_outcome(100));
  add({1, 2}, study::sample_outcome(40));
  add({1, 1}, study::failed_outcome());
  auto& found = result.recommendation;
  found.configuration = {{1, 2}};
  found.better_than_baseline = true;
  found.saving = {0.6, 0.55, 0.65};
  found.quality = units::Bounded<double>{0.874, 0.87, 0.878};
  found.drop = units::Bounded<double>{0.001, -0.003, 0.005};
  found.probability_within_budget = 0.9999;
  found.full_runs = 2;
  found.baseline_full_runs = 1;
  found.baseline_energy =
      units::Bounded<units::Energy>{units::joules(100), units::joules(98), units::joules(102)};
  return result;
}

}  // namespace turngreen::report
