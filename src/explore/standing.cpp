#include "standing.h"

#include <algorithm>

namespace turngreen::explore {
namespace {

constexpr double kProbablyWithin = 0.7;

/// Running trials as if they had shown what is expected of them, so that several workers do not all
/// choose alike ("kriging believer", Ginsbourger et al. 2010).
std::vector<study::Trial> stand_ins(const study::StudyFile& study,
                                    std::span<const double> fidelities,
                                    const std::vector<study::Trial>& trials) {
  std::vector<study::Trial> found;
  if (std::ranges::all_of(trials, [](const auto& trial) { return trial.outcome.has_value(); })) {
    return found;
  }
  const Models models(study, fidelities, observed_runs(study, fidelities, trials));
  for (const auto& trial : trials) {
    if (trial.outcome || trial.assignment.purpose == study::Purpose::test) continue;
    found.push_back(trial);
    found.back().outcome = models.expected_outcome(trial.assignment, study.quality.metric);
  }
  return found;
}

std::vector<ObservedRun> runs_of(const study::StudyFile& study, std::span<const double> fidelities,
                                 const std::vector<study::Trial>& trials,
                                 const std::vector<study::Trial>& expected) {
  auto runs = observed_runs(study, fidelities, trials);
  const auto more = observed_runs(study, fidelities, expected);
  runs.insert(runs.end(), more.begin(), more.end());
  return runs;
}

}  // namespace

bool Record::seen() const {
  return std::ranges::any_of(completed, [](std::size_t count) { return count > 0; });
}

Standing::Standing(const study::StudyFile& study, std::span<const double> fidelities,
                   const std::vector<study::Trial>& trials)
    : study_(study),
      expected_(stand_ins(study, fidelities, trials)),
      runs_(runs_of(study, fidelities, trials, expected_)),
      models_(study, fidelities, runs_) {
  const auto record_of = [&](const study::Trial& trial) -> Record& {
    auto& record = records_[trial.assignment.configuration];
    record.completed.resize(fidelities.size());
    return record;
  };
  for (const auto& trial : trials) {
    if (trial.assignment.purpose == study::Purpose::test) continue;
    ++trials_;
    auto& record = record_of(trial);
    ++record.attempts;
    if (!trial.outcome) {
      ++record.running;
      continue;
    }
    if (trial.outcome->energy) spent_ += trial.outcome->energy->value;
    time_ += trial.outcome->time;
  }
  for (const auto& run : observed_runs(study, fidelities, trials)) {
    auto& record = record_of(*run.trial);
    record.rejected = record.rejected || !run.rejected.empty();
    if (run.completed) {
      ++record.completed[run.fidelity];
    } else {
      ++record.failed;
    }
  }
  std::vector<knobs::Configuration> configurations;
  for (const auto& [configuration, record] : records_) configurations.push_back(configuration);
  const auto prospects = models_.prospects(configurations);
  std::size_t next = 0;
  for (auto& [configuration, record] : records_) record.prospect = prospects[next++];
}

const Record* Standing::find(const knobs::Configuration& configuration) const {
  const auto found = records_.find(configuration);
  return found == records_.end() ? nullptr : &found->second;
}

Standing::Incumbent Standing::incumbent(double certainty) const {
  Incumbent best{study_.space.baseline(), 1.0, true};
  for (const auto& [configuration, record] : records_) {
    if (record.full() == 0 || record.rejected || study_.space.is_baseline(configuration)) continue;
    if (record.prospect.within < certainty) continue;
    const double level = record.prospect.objective.mean();
    if (level < best.level) best = {configuration, level, false};
  }
  return best;
}

double Standing::provisional_level() const {
  double level = incumbent(kLikelyWithin).level;
  for (const auto& [configuration, record] : records_) {
    if (!record.seen() || record.rejected || record.prospect.within < kProbablyWithin) continue;
    level = std::min(level, record.prospect.objective.mean());
  }
  return level;
}

}  // namespace turngreen::explore
