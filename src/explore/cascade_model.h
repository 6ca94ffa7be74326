#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "lognormal.h"
#include "observed_run.h"
#include "regression.h"

namespace turngreen::explore {

/// What is to be modelled of a run.
enum class Quantity { energy, energy_delay };

/// How knobs multiply: the energy of a stage is the baseline's times a factor for each knob times a
/// factor for each pair. A regression of the logarithm for each stage, and the sum over stages. All
/// results are relative: 1 is the baseline at full fidelity. Borrows the space.
class CascadeModel {
 public:
  CascadeModel(const knobs::Space& space, std::span<const double> fidelities,
               std::span<const ObservedRun> runs, Quantity quantity);

  /// The stages that are modelled on their own, and the rest as one.
  struct Stage {
    std::string name;
    double weight = 0;  ///< share of the baseline's total
    Regression log_energy;
  };
  std::span<const Stage> stages() const { return stages_; }

  LogNormal relative(const knobs::Configuration& configuration) const;
  std::vector<LogNormal> relative(std::span<const knobs::Configuration> configurations) const;
  /// What a run at that fidelity costs, relative to the baseline's full run.
  double fidelity_cost(std::size_t fidelity) const { return fidelity_costs_[fidelity]; }
  /// The baseline's full run in joules (joule seconds for energy_delay); a full run has been seen,
  /// or it is extrapolated.
  LogNormal baseline() const;
  /// One full run in joules (joule seconds for energy_delay), its scatter included. Absent: no run
  /// has told some stage.
  std::optional<LogNormal> foretold_run(const knobs::Configuration& configuration) const;
  /// Relative scatter of one full run about its configuration's mean (standard deviation).
  double noise() const;

 private:
  /// What partial runs cost is not their share of the job: loading costs the same for any share.
  void learn_fidelity_costs(std::span<const std::map<std::string, double>> amounts,
                            std::span<const ObservedRun* const> runs);

  std::vector<Stage> stages_;
  std::vector<double> weights_;
  std::vector<double> fidelity_costs_;
};

}  // namespace turngreen::explore
