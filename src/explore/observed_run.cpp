#include "observed_run.h"

#include <algorithm>
#include <cmath>

#include "turngreen/explore/hopeless_quality.h"
#include "turngreen/explore/trial_notes.h"

namespace turngreen::explore {

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
  return runs;
}

}  // namespace turngreen::explore
