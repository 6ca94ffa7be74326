#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "turngreen/explore/hopeless_quality.h"
#include "turngreen/explore/recommendation.h"
#include "turngreen/pipeline/pipeline.h"
#include "turngreen/study/study_file.h"
#include "turngreen/study/trial.h"

namespace turngreen::explore {

/// What is to be done next.
struct Step {
  std::optional<study::Assignment> assignment;  ///< absent: the study is at its end
  std::string reason;                           ///< one sentence, for people
};

/// What follows from the trials of a study so far. Trials without an outcome count as running.
class Outlook {
 public:
  Outlook(Outlook&&) noexcept;
  ~Outlook();

  Step next() const;
  /// The advice at the end: within the quality budget with at least 95 %.
  Recommendation recommendation() const;
  /// The advice while the study goes on, with at least 85 %: what it ends with is verified further.
  Recommendation interim_recommendation() const;
  std::vector<Rejection> rejections() const;
  /// Most that a run of the assignment may cost before it is hopeless: more than the best known by
  /// a margin. Absent: it is to run to its end whatever it costs.
  std::optional<units::Energy> hopeless_beyond(const study::Assignment& assignment) const;
  /// What the quality of a run of the assignment must be able to reach for it not to be hopeless.
  /// Absent: as above, or the baseline has not been run at its fidelity, or no run there has told
  /// its learning curve.
  std::optional<QualityLimit> hopeless_quality(const study::Assignment& assignment) const;

 private:
  friend class Tuner;
  class Decision;
  explicit Outlook(std::unique_ptr<const Decision> decision);
  std::unique_ptr<const Decision> decision_;
};

/// Chooses a study's trials. A pure function of the study file, the trials and the seed: it keeps
/// nothing between calls, so that a study that was interrupted goes on as if it had not been, and
/// several workers can ask it.
class Tuner {
 public:
  /// Borrows the study and the pipeline, which is asked what it can run and at which fidelities.
  Tuner(const study::StudyFile& study, const pipeline::Pipeline& pipeline, std::uint64_t seed);
  ~Tuner();

  /// Borrows the tuner and the trials.
  Outlook after(const std::vector<study::Trial>& trials) const;

 private:
  struct Plan;
  std::unique_ptr<const Plan> plan_;
};

}  // namespace turngreen::explore
