#pragma once

#include <optional>
#include <span>
#include <vector>

#include "cascade_model.h"
#include "constraint_model.h"
#include "quality_model.h"
#include "success_model.h"

namespace turngreen::explore {

/// What is expected of a configuration.
struct Prospect {
  LogNormal objective;        ///< relative to the baseline
  double cost = 1;            ///< energy of a full run, in the baseline's full runs
  double within = 1;          ///< probability that it keeps the quality budget and the constraints
  double clearly_within = 1;  ///< so clearly that a few runs would tell
  double succeeds = 1;        ///< probability that it runs
};

/// All models of a study, fitted to its runs. Borrows the study's space.
class Models {
 public:
  Models(const study::StudyFile& study, std::span<const double> fidelities,
         std::span<const ObservedRun> runs);

  /// `clearly_within` is for runs at that fidelity and that certainty (QualityModel::Chance).
  std::vector<Prospect> prospects(std::span<const knobs::Configuration> configurations,
                                  std::size_t fidelity = 0, double certainty = 0.5) const;
  Prospect prospect(const knobs::Configuration& configuration) const;

  const CascadeModel& objective() const { return objective_; }
  const CascadeModel& energy() const { return energy_ ? *energy_ : objective_; }
  const QualityModel& quality() const { return quality_; }
  /// What a run would show if it showed what is expected of it.
  pipeline::Outcome expected_outcome(const study::Assignment& assignment,
                                     std::string_view metric) const;

 private:
  CascadeModel objective_;
  std::optional<CascadeModel> energy_;  ///< absent: the objective goes with energy
  QualityModel quality_;
  SuccessModel success_;
  std::vector<ConstraintModel> constraints_;
};

}  // namespace turngreen::explore
