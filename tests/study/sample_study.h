#pragma once

#include <string>
#include <vector>

#include "turngreen/knobs/space.h"
#include "turngreen/study/trial.h"

namespace turngreen::study {

inline knobs::Knob knob(const std::string& id, const std::vector<std::string>& values,
                        std::size_t off = 0) {
  knobs::Knob knob;
  knob.id = id;
  knob.off = off;
  for (const auto& value : values) knob.values.emplace_back(value);
  return knob;
}

/// lr: 5e-5 (off), 1e-5; width: 8 (off), 4, 2.
inline knobs::Space sample_space() {
  return knobs::Space::build({knob("lr", {"5e-5", "1e-5"}), knob("width", {"8", "4", "2"})})
      .value();
}

inline units::Bounded<units::Energy> about(double joules) {
  return {units::joules(joules), units::joules(joules * 0.9), units::joules(joules * 1.1)};
}

/// With something in every field.
inline pipeline::Outcome sample_outcome(double joules = 120.5) {
  pipeline::Outcome outcome;
  outcome.stages = {{"train", about(joules * 0.75), units::milliseconds(1234.5), 4096},
                    {"other", about(joules * 0.25), units::milliseconds(99), std::nullopt}};
  outcome.energy = about(joules);
  outcome.estimated = units::joules(joules / 3);
  outcome.time = units::milliseconds(1333.5);
  outcome.metrics = {{"macro_f1", 0.875}, {"loss", 0.1}};
  outcome.effective = {{"lr", 1e-5}, {"width", std::string("4")}, {"fused", true}};
  outcome.predictions = "trials/1/predictions.csv";
  outcome.peak_memory_bytes = 123456789;
  outcome.energy_basis = "rapl_powercap";
  outcome.faults = {"package-0 was reset once"};
  outcome.output_tail = "epoch 1\nepoch 2\n";
  return outcome;
}

inline pipeline::Outcome failed_outcome() {
  pipeline::Outcome outcome;
  outcome.ending = pipeline::Ending::failed;
  outcome.reason = "exit status 1";
  return outcome;
}

inline Provenance sample_provenance() {
  return {{"machine", "anvil"}, {"git_commit", "0123abcd"}, {"environment.OMP_NUM_THREADS", "2"}};
}

inline Assignment assignment(std::vector<knobs::Level> levels, std::uint64_t seed = 1) {
  Assignment assignment;
  assignment.configuration.levels = std::move(levels);
  assignment.seed = seed;
  return assignment;
}

}  // namespace turngreen::study
