#pragma once

#include <optional>
#include <span>
#include <vector>

#include "observed_run.h"
#include "regression.h"
#include "turngreen/units/bounded.h"

namespace turngreen::explore {

/// What knobs do to the quality metric, and how likely a configuration stays within the budget. The
/// response is the change against the baseline in units of the budget, with large losses compressed
/// (how bad a hopeless configuration is must not bend the model where it matters).
class QualityModel {
 public:
  QualityModel(const knobs::Space& space, std::span<const double> fidelities,
               std::span<const ObservedRun> runs, const study::QualityBudget& budget);

  /// How likely a configuration keeps the budget.
  struct Chance {
    double within = 1;
    /// ... and so clearly that a few runs of it and of the baseline, at the fidelity asked about,
    /// would tell with the certainty asked for.
    double clearly = 1;
  };
  std::vector<Chance> chances(std::span<const knobs::Configuration> configurations,
                              std::size_t fidelity, double certainty) const;
  double probability_within_budget(const knobs::Configuration& configuration) const {
    return chances(std::span(&configuration, 1), 0, 0.5).front().within;
  }
  /// What it takes to be certain that a configuration is within the budget, if its mean stays where
  /// it is: the variance that has to go, and what one run of it or of the baseline takes away.
  struct Doubt {
    bool hopeless = false;  ///< the mean is not within the budget
    double excess = 0;      ///< 0: certain already
    double own_run = 0;
    double baseline_run = 0;
  };
  Doubt doubt(const knobs::Configuration& configuration, const knobs::Configuration& baseline,
              std::size_t fidelity, double certainty) const;
  /// The metric at full fidelity without noise, with its 95 % interval. Absent: no run told it.
  std::optional<units::Bounded<double>> quality(const knobs::Configuration& configuration) const;
  /// The same of one full run, its scatter included.
  std::optional<units::Bounded<double>> foretold_run(
      const knobs::Configuration& configuration) const;
  /// The value from which on a run at that fidelity is clearly beyond the budget: by as much again
  /// as may be lost, or by twice the scatter of a run. Absent: the baseline has not been run at
  /// that fidelity.
  std::optional<double> clearly_beyond(std::size_t fidelity) const;
  /// By how much it is worse than the baseline's (positive: worse), with its 95 % interval.
  std::optional<units::Bounded<double>> drop(const knobs::Configuration& configuration) const;
  const Regression& regression() const { return regression_; }

 private:
  double response_of(double metric, double reference) const;
  double metric_of(double response) const;
  double noise(std::size_t fidelity) const;  ///< of one run, as a response
  units::Bounded<double> metric_of(const Normal& response) const;

  double sign_ = 1;                                ///< -1 where lower is better
  std::vector<std::optional<double>> references_;  ///< the baseline's metric, by fidelity
  bool full_reference_ = false;                    ///< it was run in full
  double unit_ = 1;                                ///< the allowed drop, in the metric's unit
  bool against_baseline_ = true;
  std::optional<double> floor_response_;
  Regression regression_;
};

}  // namespace turngreen::explore
