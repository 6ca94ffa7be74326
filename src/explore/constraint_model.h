#pragma once

#include <span>
#include <vector>

#include "observed_run.h"
#include "regression.h"

namespace turngreen::explore {

/// How likely a configuration keeps a bound on a metric (latency, memory, model size), from the
/// metric's logarithm; a metric that was ever 0 or below is modelled as it is.
class ConstraintModel {
 public:
  ConstraintModel(const knobs::Space& space, std::span<const double> fidelities,
                  std::span<const ObservedRun> runs, const study::Constraint& constraint);
  std::vector<double> probabilities(std::span<const knobs::Configuration> configurations) const;

 private:
  bool logarithmic_ = true;
  study::Constraint constraint_;
  Regression regression_;
};

/// The constraint's metric of a run: one that the pipeline reported, "seconds" or "peak_memory_mb".
std::optional<double> constrained_metric(const pipeline::Outcome& outcome, std::string_view metric);

}  // namespace turngreen::explore
