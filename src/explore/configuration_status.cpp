#include "configuration_status.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "degenerate_scores.h"
#include "turngreen/explore/trial_notes.h"
#include "turngreen/units/text.h"

namespace turngreen::explore {
namespace {

using study::Trial;

struct Judgement {
  Status status = Status::dominated;
  std::string reason;
};

/// "..., in 1 of 3 runs" where it is not all of them.
std::string of_runs(std::string reason, std::size_t count, std::size_t runs) {
  if (count < runs) reason += fmt::format(" (in {} of {} runs)", count, runs);
  return reason;
}

std::optional<Judgement> rejection(const ConfigurationValues& values) {
  for (const bool degenerate : {true, false}) {
    std::size_t count = 0;
    std::string reason;
    for (const Trial* trial : values.trials) {
      const auto note = rejection_note(*trial);
      if (!note || rejected_as_degenerate(*trial) != degenerate) continue;
      if (count++ == 0) reason = *note;
    }
    if (count == 0) continue;
    return Judgement{degenerate ? Status::degenerate : Status::set_aside,
                     of_runs(std::move(reason), count, values.trials.size())};
  }
  return std::nullopt;
}

Judgement without_full_run(const ConfigurationValues& values) {
  std::optional<double> fidelity;
  for (const Trial* trial : values.trials) {
    if (trial->outcome->ending != pipeline::Ending::completed) continue;
    fidelity = std::max(fidelity.value_or(0), trial->assignment.fidelity);
  }
  if (fidelity) {
    return {Status::set_aside,
            fmt::format("only partial runs: none did more than {:.3g} of the job", *fidelity)};
  }
  return {Status::failed,
          fmt::format("no run completed: {}", values.trials.back()->outcome->reason)};
}

/// What speaks against a configuration, other than that another is better; absent: nothing.
std::optional<Judgement> objection(const ConfigurationValues& values,
                                   const ConfigurationSummary& summary,
                                   const std::string& degenerate, bool quality_matters) {
  if (auto rejected = rejection(values); rejected && rejected->status == Status::degenerate) {
    return rejected;
  }
  if (!degenerate.empty()) return Judgement{Status::degenerate, degenerate};
  if (auto rejected = rejection(values)) return rejected;
  if (values.full.empty()) return without_full_run(values);
  if (!summary.energy) return Judgement{Status::set_aside, "its energy was not measured"};
  if (!summary.quality && quality_matters) {
    return Judgement{Status::set_aside, "no full run told its quality"};
  }
  return std::nullopt;
}

/// Marks those of `sound` that none of them beats; sorted by energy, so that one pass will do.
void mark_frontier(const study::QualityBudget& quality, std::vector<ConfigurationSummary*> sound) {
  const auto goodness = [&](const ConfigurationSummary& summary) {
    if (!summary.quality) return 0.0;
    return quality.higher_is_better ? summary.quality->mean : -summary.quality->mean;
  };
  std::ranges::stable_sort(sound, [&](const auto* a, const auto* b) {
    if (a->energy->mean != b->energy->mean) return a->energy->mean < b->energy->mean;
    return goodness(*a) > goodness(*b);
  });
  const ConfigurationSummary* best = nullptr;
  for (ConfigurationSummary* each : sound) {
    const bool same =
        best && each->energy->mean == best->energy->mean && goodness(*each) == goodness(*best);
    if (!best || same || goodness(*each) > goodness(*best)) {
      each->status = Status::frontier;
      each->reason = fmt::format("nothing sound that was run takes less energy at no worse {}",
                                 quality.metric);
      best = each;
    } else {
      each->reason = fmt::format("{} takes {} where this takes {}, at no worse {}", best->name,
                                 units::to_text(units::joules(best->energy->mean)),
                                 units::to_text(units::joules(each->energy->mean)), quality.metric);
    }
  }
}

}  // namespace

void judge_configurations(const study::StudyFile& study,
                          const std::vector<ConfigurationValues>& values,
                          std::vector<ConfigurationSummary>& summaries) {
  const auto scores = find_degenerate_scores(study.quality, values, study.space.baseline());
  const bool quality_matters = std::ranges::any_of(
      summaries, [](const auto& summary) { return summary.quality.has_value(); });
  std::vector<ConfigurationSummary*> sound;
  for (std::size_t i = 0; i < values.size(); ++i) {
    auto& summary = summaries[i];
    if (auto found = objection(values[i], summary, scores.degenerate[i], quality_matters)) {
      summary.status = found->status;
      summary.reason = std::move(found->reason);
    } else {
      sound.push_back(&summary);
    }
  }
  mark_frontier(study.quality, std::move(sound));
  for (std::size_t i = 0; i < values.size(); ++i) {
    auto& summary = summaries[i];
    if (summary.status == Status::degenerate) continue;
    if (!scores.suspicious[i].empty()) summary.reason += "; " + scores.suspicious[i];
    if (summary.is_baseline && !scores.baseline.empty()) summary.reason += "; " + scores.baseline;
  }
}

}  // namespace turngreen::explore
