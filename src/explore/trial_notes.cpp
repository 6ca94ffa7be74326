#include "turngreen/explore/trial_notes.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <string_view>

#include "turngreen/explore/guard.h"
#include "turngreen/explore/proof_of_effect.h"

namespace turngreen::explore {
namespace {

using study::Trial;

constexpr std::string_view kRejected = "rejected";
constexpr std::string_view kRejectedBy = "rejected_by";
constexpr std::string_view kGuard = "guard";
constexpr std::string_view kProofOfEffect = "proof of effect";
constexpr std::string_view kSuspicious = "suspicious";
constexpr std::string_view kRecommendedAfter = "recommended_after";

const std::string* note_of(const Trial& trial, std::string_view name) {
  const auto found =
      std::ranges::find(trial.provenance, name, &std::pair<std::string, std::string>::first);
  return found == trial.provenance.end() ? nullptr : &found->second;
}

const Trial* first_baseline(const std::vector<Trial>& trials) {
  const auto found = std::ranges::find_if(trials, [](const Trial& trial) {
    return trial.outcome && trial.outcome->ending == pipeline::Ending::completed &&
           trial.assignment.purpose == study::Purpose::baseline;
  });
  return found == trials.end() ? nullptr : &*found;
}

void reject(Trial& trial, std::string_view by, std::string_view reason) {
  trial.provenance.emplace_back(kRejected, reason);
  trial.provenance.emplace_back(kRejectedBy, by);
}

/// "0,2,1".
std::string levels_text(const knobs::Configuration& configuration) {
  std::string text;
  for (const auto level : configuration.levels) {
    text += fmt::format("{}{}", text.empty() ? "" : ",", level);
  }
  return text;
}

}  // namespace

void note_rejection(Trial& trial, const study::StudyFile& study, const std::vector<Trial>& trials) {
  const auto& outcome = *trial.outcome;
  if (outcome.ending != pipeline::Ending::completed) return;
  const auto verdict = judge(study.quality, outcome);
  if (verdict.ruling == GuardVerdict::Ruling::degenerate) {
    reject(trial, kGuard, verdict.reason);
    return;
  }
  if (verdict.ruling == GuardVerdict::Ruling::suspicious) {
    trial.provenance.emplace_back(kSuspicious, verdict.reason);
  }
  const Trial* baseline = first_baseline(trials);
  const std::vector<pipeline::EffectiveValue> none;
  const auto effect = prove_effect(study.space, trial.assignment.configuration, outcome.effective,
                                   baseline ? baseline->outcome->effective : none);
  if (effect.contradicted()) reject(trial, kProofOfEffect, effect.sentence());
}

void note_rejection(Trial& trial, std::string_view reason) {
  if (!note_of(trial, kRejected)) reject(trial, kGuard, reason);
}

std::optional<std::string> rejection_note(const Trial& trial) {
  const auto* note = note_of(trial, kRejected);
  return note ? std::optional(*note) : std::nullopt;
}

bool rejected_as_degenerate(const Trial& trial) {
  const auto* by = note_of(trial, kRejectedBy);
  return by != nullptr && *by == kGuard;
}

std::optional<std::string> suspicion_note(const Trial& trial) {
  const auto* note = note_of(trial, kSuspicious);
  return note ? std::optional(*note) : std::nullopt;
}

void note_recommendation(Trial& trial, const Recommendation& recommendation) {
  if (!recommendation.better_than_baseline) return;
  trial.provenance.emplace_back(kRecommendedAfter, levels_text(recommendation.configuration));
}

std::optional<knobs::Configuration> recommendation_note(const Trial& trial,
                                                        const knobs::Space& space) {
  const auto* note = note_of(trial, kRecommendedAfter);
  if (!note) return std::nullopt;
  knobs::Configuration configuration;
  const char* place = note->data();
  const char* end = place + note->size();
  for (const auto& knob : space.knobs()) {
    unsigned level = 0;
    const auto read = std::from_chars(place, end, level);
    if (read.ec != std::errc() || level >= knob.values.size()) return std::nullopt;
    configuration.levels.push_back(static_cast<knobs::Level>(level));
    place = read.ptr == end ? end : read.ptr + 1;
  }
  if (place != end) return std::nullopt;
  return configuration;
}

}  // namespace turngreen::explore
