#pragma once

#include <span>
#include <vector>

#include "observed_run.h"
#include "regression.h"

namespace turngreen::explore {

/// How likely a configuration runs at all: failures come from values and from pairs of values that
/// do not go together. Least-squares classification (Rasmussen and Williams, 6.5) with a normal
/// response: 0 for a run that completed, -1 for one that could not.
class SuccessModel {
 public:
  SuccessModel(const knobs::Space& space, std::span<const ObservedRun> runs);
  std::vector<double> probabilities(std::span<const knobs::Configuration> configurations) const;

 private:
  bool all_succeeded_ = true;
  Regression regression_;
};

}  // namespace turngreen::explore
