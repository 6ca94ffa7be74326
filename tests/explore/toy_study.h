#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "turngreen/study/study_file.h"
#include "turngreen/study/trial.h"

namespace turngreen::explore {

/// A knob that is off at its first value.
inline knobs::Knob knob(const std::string& id, const std::vector<std::string>& values,
                        bool ordered = false) {
  knobs::Knob made;
  made.id = id;
  made.ordered = ordered;
  for (const auto& value : values) made.values.emplace_back(value);
  return made;
}

inline knobs::Space space_of(std::vector<knobs::Knob> knobs,
                             knobs::Space::Forbidden forbidden = {}) {
  return knobs::Space::build(std::move(knobs), std::move(forbidden)).value();
}

/// As many knobs, "a", "b", ..., that are off or on.
inline knobs::Space switches(std::size_t count) {
  std::vector<knobs::Knob> made;
  for (std::size_t i = 0; i < count; ++i) {
    made.push_back(knob(std::string(1, static_cast<char>('a' + i)), {"off", "on"}));
  }
  return space_of(std::move(made));
}

/// The metric "score" may fall by 0.01.
inline study::StudyFile study_of(knobs::Space space) {
  study::StudyFile made;
  made.name = "toy";
  made.file = "/studies/toy.yaml";
  made.space = std::move(space);
  made.quality.metric = "score";
  made.quality.max_drop = 0.01;
  return made;
}

/// A run that took so many joules in each stage, as many seconds, and scored so much.
inline pipeline::Outcome completed(const std::vector<std::pair<std::string, double>>& stages,
                                   double score) {
  pipeline::Outcome outcome;
  double total = 0;
  for (const auto& [name, joules] : stages) {
    outcome.stages.push_back({name,
                              units::Bounded<units::Energy>::exactly(units::joules(joules)),
                              units::seconds(joules),
                              {}});
    total += joules;
  }
  outcome.energy = units::Bounded<units::Energy>::exactly(units::joules(total));
  outcome.time = units::seconds(total);
  outcome.metrics = {{"score", score}};
  outcome.energy_basis = "toy";
  return outcome;
}

inline pipeline::Outcome failed(const std::string& reason) {
  pipeline::Outcome outcome;
  outcome.ending = pipeline::Ending::failed;
  outcome.reason = reason;
  return outcome;
}

/// A finished trial; without any knob on it is one of the baseline.
inline study::Trial trial_of(std::vector<knobs::Level> levels, pipeline::Outcome outcome,
                             double fidelity = 1) {
  study::Trial trial;
  trial.assignment.purpose = levels == std::vector<knobs::Level>(levels.size(), 0)
                                 ? study::Purpose::baseline
                                 : study::Purpose::explore;
  trial.assignment.configuration.levels = std::move(levels);
  trial.assignment.fidelity = fidelity;
  trial.outcome = std::move(outcome);
  return trial;
}

}  // namespace turngreen::explore
