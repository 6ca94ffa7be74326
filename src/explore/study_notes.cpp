#include "study_notes.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "turngreen/explore/repeat_clusters.h"
#include "turngreen/explore/told_carbon.h"
#include "turngreen/explore/trial_notes.h"

namespace turngreen::explore {
namespace {

using study::Trial;

constexpr std::string_view kImportNote = "import_note";
/// Effects on energy below this are not worth a warning.
constexpr double kWorthAvoiding = 1.02;
constexpr double kJoulesPerWattHour = 3600;

/// One that counts for the means: those on the test rows do another job.
bool full_run(const Trial& trial) {
  return trial.assignment.fidelity >= 1 && trial.assignment.purpose != study::Purpose::test &&
         trial.outcome->energy && trial.outcome->ending == pipeline::Ending::completed;
}

/// The notes of a study, as they are written.
class Notes {
 public:
  Notes(const study::StudyFile& study, const std::vector<Trial>& trials,
        const StudyAnalysis& analysis)
      : study_(study), trials_(trials), analysis_(analysis) {}

  std::vector<Note> take() {
    ruled_out();
    clusters();
    suspicions();
    look_alikes();
    bundles();
    avoid();
    domains();
    energy();
    model();
    imported();
    return std::move(notes_);
  }

 private:
  using Kind = Note::Kind;

  void add(Kind kind, std::string text, std::vector<std::string> configurations = {}) {
    notes_.push_back({kind, std::move(text), std::move(configurations)});
  }
  const std::string& name_of(std::size_t configuration) const {
    return analysis_.configurations[configuration].name;
  }

  void ruled_out() {
    for (const auto& each : analysis_.configurations) {
      if (each.status == Status::degenerate) {
        add(Kind::degenerate, fmt::format("{}: {}", each.name, each.reason), {each.name});
      } else if (each.status == Status::set_aside) {
        add(Kind::set_aside, fmt::format("{}: {}", each.name, each.reason), {each.name});
      }
    }
  }

  void clusters() {
    std::map<knobs::Configuration, std::vector<double>> energies;
    for (const auto& trial : trials_) {
      if (!full_run(trial)) continue;
      energies[trial.assignment.configuration].push_back(trial.outcome->energy->value.in_joules());
    }
    for (const auto& each : analysis_.configurations) {
      const auto found = energies.find(each.configuration);
      if (found == energies.end()) continue;
      if (auto groups = two_clusters(found->second)) {
        const bool large = groups->low_mean >= kJoulesPerWattHour;
        if (large) {
          groups->low_mean /= kJoulesPerWattHour;
          groups->high_mean /= kJoulesPerWattHour;
        }
        add(Kind::clusters,
            fmt::format("{}: {}; something was in force in some of them only", each.name,
                        sentence(*groups, large ? "Wh" : "J")),
            {each.name});
      }
    }
  }

  void suspicions() {
    std::set<std::string> told;
    for (const auto& trial : trials_) {
      const auto note = suspicion_note(trial);
      if (!note) continue;
      const auto name = study_.space.describe(trial.assignment.configuration);
      if (told.insert(name).second) {
        add(Kind::degenerate, fmt::format("{} may be: {}", name, *note), {name});
      }
    }
  }

  void look_alikes() {
    for (const auto& pair : find_look_alikes(analysis_.configurations)) {
      const auto& first = name_of(pair.first);
      const auto& second = name_of(pair.second);
      add(Kind::look_alikes,
          fmt::format(
              "{} and {} cannot be told apart: their stages' energies differ by {:.1f} % at "
              "most, and both are {:+.1f} % from the baseline; the same thing may have been "
              "in force in both",
              first, second, 100 * pair.largest_difference, 100 * pair.change),
          {first, second});
    }
    for (const auto index : find_without_effect(analysis_.configurations)) {
      add(Kind::no_effect,
          fmt::format("{} cannot be told from the baseline: what was turned shows in no stage",
                      name_of(index)),
          {name_of(index)});
    }
  }

  /// What a knob does that never ran alone is not known, so such a bundle compares with nothing.
  void bundles() {
    std::size_t less = 0;
    std::size_t known = 0;
    std::vector<Note> each;
    for (const auto& bundle : analysis_.bundles) {
      const auto& name = name_of(bundle.configuration);
      const bool all_known = bundle.unknown_parts.empty();
      if (all_known) ++known;
      if (all_known && bundle.beyond.high < 0) ++less;
      each.push_back(
          {Kind::bundles,
           fmt::format("{} saves {:.1f} % where its {}knobs alone promise {:.1f} %{}", name,
                       100 * bundle.observed_saving.value, all_known ? "" : "other ",
                       100 * bundle.predicted_saving, unknown_parts(bundle)),
           {name}});
    }
    if (known > 0) {
      add(Kind::bundles, fmt::format("{} of {} bundles whose knobs all ran alone save less than "
                                     "the product of these effects, stage by stage, predicts",
                                     less, known));
    }
    notes_.insert(notes_.end(), each.begin(), each.end());
  }

  std::string unknown_parts(const Bundle& bundle) const {
    if (bundle.unknown_parts.empty()) return {};
    std::string list;
    for (const auto knob : bundle.unknown_parts) {
      list += (list.empty() ? "" : ", ") + study_.space.knobs()[knob].id;
    }
    return fmt::format("; what {} does alone is not known", list);
  }

  void avoid() {
    for (const auto& effect : analysis_.explanation.knobs) {
      if (!effect.tried || effect.factor.low <= kWorthAvoiding) continue;
      add(Kind::avoid, fmt::format("{} takes {:.1f} % more energy ({:.1f} .. {:.1f})",
                                   setting(effect.knob, effect.level), percent(effect.factor.value),
                                   percent(effect.factor.low), percent(effect.factor.high)));
    }
    for (const auto& pair : analysis_.explanation.pairs) {
      if (pair.verdict != Verdict::antagonism) continue;
      add(Kind::avoid,
          fmt::format("{} with {}: together they take {:.1f} % more than the two alone suggest "
                      "({:.1f} .. {:.1f})",
                      setting(pair.first, pair.first_level),
                      setting(pair.second, pair.second_level), percent(pair.factor.value),
                      percent(pair.factor.low), percent(pair.factor.high)));
    }
  }

  static double percent(double factor) { return 100 * (factor - 1); }
  std::string setting(std::size_t knob, knobs::Level level) const {
    const auto& each = study_.space.knobs()[knob];
    return fmt::format("{}={}", each.id, each.values[level].text());
  }

  void domains() {
    for (auto& sentence : domain_notes(analysis_.domains)) add(Kind::domains, std::move(sentence));
  }

  void energy() {
    std::map<std::string, std::size_t> sources;
    std::set<std::string> faults;
    for (const auto& trial : trials_) {
      if (trial.outcome->energy) ++sources[trial.outcome->energy_basis];
      faults.insert(trial.outcome->faults.begin(), trial.outcome->faults.end());
    }
    for (const auto& [source, count] : sources) {
      add(Kind::energy, fmt::format("{} trials have their energy from: {}", count,
                                    source.empty() ? "a source that is not named" : source));
    }
    const auto& ledger = analysis_.ledger;
    if (ledger.estimated > units::Energy()) {
      add(Kind::energy, fmt::format("{:.1f} % of all energy was estimated, not measured",
                                    100 * (ledger.estimated / ledger.spent)));
    }
    if (ledger.not_measured > 0) {
      add(Kind::energy, fmt::format("the energy of {} trials is not known; no sum holds them",
                                    ledger.not_measured));
    }
    if (auto carbon = told_carbon(trials_); carbon.disagreement) {
      add(Kind::energy, std::move(*carbon.disagreement));
    }
    for (const auto& fault : faults) add(Kind::energy, fault);
  }

  void model() {
    const auto& explanation = analysis_.explanation;
    if (explanation.predicted == 0) return;
    add(Kind::model,
        fmt::format("the cascade model foretold {} of {} stage energies within its 95 % interval, "
                    "each from all others",
                    explanation.inside, explanation.predicted));
  }

  void imported() {
    std::set<std::string> told;
    for (const auto& trial : trials_) {
      for (const auto& [key, text] : trial.provenance) {
        if (key.starts_with(kImportNote) && told.insert(text).second) add(Kind::import, text);
      }
    }
  }

  const study::StudyFile& study_;
  const std::vector<Trial>& trials_;
  const StudyAnalysis& analysis_;
  std::vector<Note> notes_;
};

}  // namespace

std::vector<Note> notes_of(const study::StudyFile& study, const std::vector<Trial>& trials,
                           const StudyAnalysis& analysis) {
  return Notes(study, trials, analysis).take();
}

}  // namespace turngreen::explore
