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
  baseline,  ///< the origin
  saves_both,
  saves_energy_only,  ///< and takes longer
  saves_time_only,    ///< and takes more energy
  costs_both,
};
std::string_view to_string(Quadrant quadrant);

/// Against the baseline: -0.2 is 20 % less. Intervals by the delta method on the logarithms.
struct Change {
  std::optional<units::Bounded<double>> energy, seconds;
  std::optional<Quadrant> quadrant;  ///< absent: energy or time is not known
};

/// What one domain ("gpu") took in a stage, mean over the runs that tell it.
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
  /// The name that it was imported by, else Space::describe; "baseline" for the baseline.
  std::string name;
  bool is_baseline = false;
  std::size_t runs = 0;       ///< of whatever fidelity and ending
  std::size_t full_runs = 0;  ///< completed, at full fidelity
  std::vector<std::int64_t> trials;
  std::optional<RepeatMean> energy;  ///< joules; absent: not measured
  double estimated_share = 0;        ///< of the energy, that no sensor measured
  std::optional<RepeatMean> seconds;
  std::optional<RepeatMean> quality;  ///< of the budget's metric
  std::vector<MetricSummary> metrics;
  std::vector<StageSummary> stages;
  Change change;
  Status status = Status::dominated;
  std::string reason;  ///< of the status, one sentence
};

/// One for each configuration that was run: the baseline first, then in order of their first run.
/// Statuses: degenerate, set aside and failed as the trials' notes, judge_repetition and
/// constant_score say; frontier by means; `recommended` is marked by whoever knows it.
std::vector<ConfigurationSummary> summarise_configurations(const study::StudyFile& study,
                                                           const std::vector<study::Trial>& trials);

/// The key in a trial's provenance that names its configuration where it was imported.
inline constexpr std::string_view kConfigurationName = "configuration";

}  // namespace turngreen::explore
