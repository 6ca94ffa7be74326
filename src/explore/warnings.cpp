#include "turngreen/explore/warnings.h"

#include <fmt/format.h>

#include <map>

#include "turngreen/explore/guard.h"
#include "turngreen/explore/repeat_clusters.h"
#include "turngreen/explore/trial_notes.h"

namespace turngreen::explore {

std::vector<std::string> warnings_of(const study::StudyFile& study,
                                     const std::vector<study::Trial>& trials) {
  std::map<knobs::Configuration, std::vector<double>> energies;
  std::map<knobs::Configuration, ConfigurationScores> scores;
  std::vector<std::string> found;
  for (const auto& trial : trials) {
    const auto& [purpose, configuration, fidelity, seed] = trial.assignment;
    if (purpose == study::Purpose::test) continue;
    if (const auto note = suspicion_note(trial)) {
      found.push_back(fmt::format("{}: {}", study.space.describe(configuration), *note));
    }
    const bool full =
        trial.outcome && fidelity >= 1 && trial.outcome->ending == pipeline::Ending::completed;
    if (!full) continue;
    if (trial.outcome->energy) {
      energies[configuration].push_back(trial.outcome->energy->value.in_joules());
    }
    auto& score = scores[configuration];
    score.baseline = study.space.is_baseline(configuration);
    if (const auto metric = trial.outcome->metric(study.quality.metric)) {
      score.runs.push_back({seed, *metric});
    }
  }
  for (const auto& [configuration, values] : energies) {
    if (const auto clusters = two_clusters(values)) {
      found.push_back(
          fmt::format("{}: {}", study.space.describe(configuration), sentence(*clusters, "J")));
    }
  }
  std::vector<ConfigurationScores> judged;
  for (const auto& [configuration, score] : scores) judged.push_back(score);
  const auto verdicts = judge_repetition(judged, study.quality);
  std::size_t next = 0;
  for (const auto& [configuration, score] : scores) {
    const auto& verdict = verdicts[next++];
    if (verdict.ruling == GuardVerdict::Ruling::sound) continue;
    found.push_back(fmt::format("{}: {}", study.space.describe(configuration), verdict.reason));
  }
  return found;
}

}  // namespace turngreen::explore
