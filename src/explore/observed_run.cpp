#include "observed_run.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "turngreen/explore/hopeless_quality.h"
#include "turngreen/explore/trial_notes.h"

namespace turngreen::explore {

namespace {

/// Where so small a share of the job teaches nothing even to the baseline, that a configuration has
/// learned nothing from it does not speak against it.
void forgive_what_befalls_the_baseline(const study::StudyFile& study,
                                       std::vector<ObservedRun>& runs) {
  const auto is_degenerate = [](const ObservedRun& run) {
    return run.fidelity > 0 && !run.rejected.empty() && rejected_as_degenerate(*run.trial);
  };
  std::set<std::size_t> too_small;
  for (const ObservedRun& run : runs) {
    if (study.space.is_baseline(run.trial->assignment.configuration) && is_degenerate(run))
      too_small.insert(run.fidelity);
  }
  for (ObservedRun& run : runs)
    if (too_small.contains(run.fidelity) && is_degenerate(run)) run.rejected.clear();
}

}  // namespace

std::size_t fidelity_index(double fidelity, std::span<const double> fidelities) {
  if (fidelity >= 1) return 0;
  const auto found = std::ranges::find(fidelities, fidelity);
  return found == fidelities.end() ? 0 : 1 + static_cast<std::size_t>(found - fidelities.begin());
}

std::vector<ObservedRun> observed_runs(const study::StudyFile& study,
                                       std::span<const double> fidelities,
                                       const std::vector<study::Trial>& trials) {
  std::vector<ObservedRun> runs;
  for (const auto& trial : trials) {
    if (!trial.outcome || trial.assignment.purpose == study::Purpose::test) continue;
    ObservedRun run{&trial, fidelity_index(trial.assignment.fidelity, fidelities), false, {}, {}};
    run.completed = trial.outcome->ending == pipeline::Ending::completed;
    const auto metric = trial.outcome->metric(study.quality.metric);
    const bool asked_for = !study.quality.metric.empty();
    if (run.completed && asked_for && (!metric || !std::isfinite(*metric))) run.completed = false;
    run.rejected = rejection_note(trial).value_or("");
    if (trial.outcome->ending == pipeline::Ending::stopped) {
      run.foretold_quality = foretold_quality_note(trial);
    }
    runs.push_back(std::move(run));
  }
  forgive_what_befalls_the_baseline(study, runs);
  return runs;
}

}  // namespace turngreen::explore
