#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "turngreen/explore/repeat_mean.h"
#include "turngreen/knobs/configuration.h"
#include "turngreen/study/study_file.h"
#include "turngreen/study/trial.h"

namespace turngreen::explore {

/// Where a configuration stands among those that were run.
enum class Status {
  recommended,
  frontier,  ///< no sound configuration that was run in full has less energy and no worse quality
  dominated,
  degenerate,  ///< the guard's verdict: it can never be recommended
  set_aside,   ///< not a result to build on: a knob was not in force, or only partial runs
  failed,      ///< no run completed
};
std::string_view to_string(Status status);

/// The study's Figure 2: change in energy against change in time.
enum class Quadrant {
  baseline,  ///< the origin: the baseline itself, and what does not differ from it at all
  saves_both,
  saves_energy_only,  ///< and takes longer
  saves_time_only,    ///< and takes more energy
  costs_both,
};
std::string_view to_string(Quadrant quadrant);

/// -0.2 is 20 % less.
struct RelativeChange {
  double value = 0;
  /// 95 %, by the delta method on the logarithms; absent: nothing tells the scatter.
  std::optional<units::Bounded<double>> interval;
};

/// Against the baseline. Absent: one of the two was not measured, or took nothing.
struct Change {
  std::optional<RelativeChange> energy, seconds;
  std::optional<Quadrant> quadrant;  ///< absent: energy or time is not known
};

/// What one domain ("gpu") took in a stage, mean over the runs that tell domains.
struct DomainMean {
  std::string name;
  double joules = 0;
};

struct StageSummary {
  std::string name;
  std::optional<RepeatMean> energy;  ///< joules
  std::optional<RepeatMean> seconds;
  std::vector<DomainMean> domains;  ///< empty: not told
  Change change;
};

struct MetricSummary {
  std::string name;
  RepeatMean value;
};

/// All that a study has on one configuration. Means are over completed full runs.
struct ConfigurationSummary {
  knobs::Configuration configuration;
  /// The name that it was imported by (kConfigurationName), else Space::describe.
  std::string name;
  bool is_baseline = false;
  std::size_t runs = 0;       ///< finished ones, of whatever fidelity and ending
  std::size_t full_runs = 0;  ///< completed, at full fidelity
  std::vector<std::int64_t> trials;
  std::optional<RepeatMean> energy;  ///< joules; absent: not measured
  double estimated_share = 0;        ///< of the energy, that no sensor measured
  /// The energies of its full runs fall into two groups (two_clusters): their mean means little.
  bool two_groups = false;
  std::optional<RepeatMean> seconds;
  std::optional<RepeatMean> quality;  ///< of the budget's metric
  std::vector<MetricSummary> metrics;
  std::vector<StageSummary> stages;
  Change change;
  Status status = Status::dominated;
  std::string reason;  ///< of the status, one sentence
};

/// One for each configuration that was run: the baseline first, then in order of their first run.
/// Statuses: degenerate as the guard noted with a trial, or as constant_score tells from the scores
/// of all (see docs/evidence.md); set aside as the proof of effect noted, without a full run, or
/// where energy or quality was not measured; failed; else frontier or dominated by the means.
/// `recommended` is marked by whoever knows it. Where scores look alike without deciding anything,
/// the reason says so. Runs on the test rows are left out of everything.
std::vector<ConfigurationSummary> summarise_configurations(const study::StudyFile& study,
                                                           const std::vector<study::Trial>& trials);

/// The key in a trial's provenance that names its configuration where it was imported.
inline constexpr std::string_view kConfigurationName = "configuration";

}  // namespace turngreen::explore
