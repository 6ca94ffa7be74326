#include "turngreen/explore/study_analysis.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "study_notes.h"
#include "turngreen/explore/trial_notes.h"
#include "turngreen/explore/tuner.h"

namespace turngreen::explore {
namespace {

using study::Trial;

struct Row {
  Note::Kind kind;
  std::string_view word;
};
constexpr std::array kRows{Row{Note::Kind::degenerate, "degenerate"},
                           Row{Note::Kind::clusters, "clusters"},
                           Row{Note::Kind::look_alikes, "look-alikes"},
                           Row{Note::Kind::no_effect, "no effect"},
                           Row{Note::Kind::bundles, "bundles"},
                           Row{Note::Kind::avoid, "avoid"},
                           Row{Note::Kind::domains, "domains"},
                           Row{Note::Kind::set_aside, "set aside"},
                           Row{Note::Kind::energy, "energy"},
                           Row{Note::Kind::model, "model"},
                           Row{Note::Kind::import, "import"}};

/// The guard judges a run when it has finished; that a score is one of a constant predictor may
/// show only beside the others. What is degenerate must not be recommended either way.
void note_degenerate(std::vector<Trial>& trials,
                     const std::vector<ConfigurationSummary>& configurations) {
  std::map<knobs::Configuration, const ConfigurationSummary*> degenerate;
  for (const auto& each : configurations) {
    if (each.status == Status::degenerate) degenerate.emplace(each.configuration, &each);
  }
  for (auto& trial : trials) {
    const auto found = degenerate.find(trial.assignment.configuration);
    if (found != degenerate.end()) note_rejection(trial, found->second->reason);
  }
}

void mark_recommended(std::vector<ConfigurationSummary>& configurations,
                      const Recommendation& recommendation, study::Objective objective) {
  if (!recommendation.better_than_baseline) return;
  const auto found = std::ranges::find(configurations, recommendation.configuration,
                                       &ConfigurationSummary::configuration);
  if (found == configurations.end()) return;
  found->status = Status::recommended;
  found->reason = fmt::format("the least {} that is within the quality budget for certain",
                              study::to_string(objective));
}

/// What was measured says more of the baseline's energy than the model, which shrinks it towards
/// what the other configurations foretell.
void go_by_measured_baseline(Recommendation& recommendation,
                             const std::vector<ConfigurationSummary>& configurations) {
  if (!recommendation.baseline_energy || configurations.empty()) return;
  const auto& baseline = configurations.front();
  if (!baseline.is_baseline || !baseline.energy || !baseline.energy->interval) return;
  const auto& joules = *baseline.energy->interval;
  recommendation.baseline_energy = units::Bounded<units::Energy>{
      units::joules(joules.value), units::joules(joules.low), units::joules(joules.high)};
}

}  // namespace

std::string_view to_string(Note::Kind kind) {
  const auto row = std::ranges::find(kRows, kind, &Row::kind);
  return row == kRows.end() ? std::string_view() : row->word;
}

StudyAnalysis analyse(const study::StudyFile& study, const pipeline::Pipeline& pipeline,
                      std::uint64_t seed, std::vector<Trial> trials) {
  std::erase_if(trials, [](const Trial& trial) { return !trial.outcome; });
  StudyAnalysis analysis;
  analysis.configurations = summarise_configurations(study, trials);
  note_degenerate(trials, analysis.configurations);
  const Tuner tuner(study, pipeline, seed);
  analysis.recommendation = tuner.after(trials).recommendation();
  go_by_measured_baseline(analysis.recommendation, analysis.configurations);
  mark_recommended(analysis.configurations, analysis.recommendation, study.objective);
  analysis.explanation = explain(study, pipeline.fidelities(), trials);
  analysis.test = final_test(study, trials);
  analysis.bundles = bundles_of(study.space, analysis.configurations);
  analysis.pathways = pathways_of(study, analysis.configurations, analysis.explanation);
  analysis.ledger = ledger_of(trials, analysis.recommendation);
  analysis.domains = domain_agreement(study, trials);
  analysis.notes = notes_of(study, trials, analysis);
  return analysis;
}

}  // namespace turngreen::explore
