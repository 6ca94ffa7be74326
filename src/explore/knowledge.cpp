#include "turngreen/explore/knowledge.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <utility>

#include "normal_distribution.h"
#include "turngreen/explore/explanation.h"

namespace turngreen::explore {
namespace {

/// What a knob does in one pipeline it does not quite do in another: standard deviation of the
/// logarithm of its factor between pipelines.
constexpr double kBetweenPipelines = 0.2;

struct Pooled {
  double weight = 0;
  double log_factor = 0;  ///< sum of weight times logarithm
  std::size_t studies = 0;
};
using Place = std::pair<std::size_t, std::size_t>;  // knob, level

std::vector<study::Trial> finished_before(std::vector<study::Trial> trials, std::int64_t until) {
  std::erase_if(trials, [until](const study::Trial& trial) {
    return !trial.outcome || trial.finished_unix_ns >= until;
  });
  return trials;
}

std::vector<double> fidelities_of(const std::vector<study::Trial>& trials) {
  std::set<double> found{1.0};
  for (const auto& trial : trials) found.insert(trial.assignment.fidelity);
  return {found.begin(), found.end()};
}

void pool(const study::StudyFile& study, const study::StudyFile& earlier,
          const Explanation& explanation, std::map<Place, Pooled>& pooled) {
  const auto knobs = study.space.knobs();
  for (const auto& effect : explanation.knobs) {
    if (!effect.tried) continue;
    const auto& theirs = earlier.space.knobs()[effect.knob];
    const auto ours = study.space.find(theirs.id);
    if (!ours || !(knobs[*ours].values[knobs[*ours].off] == theirs.values[theirs.off])) continue;
    const auto& values = knobs[*ours].values;
    const auto level = std::ranges::find(values, theirs.values[effect.level]);
    if (level == values.end()) continue;
    const double spread = std::log(effect.factor.high / effect.factor.low) / (2 * kNormal95);
    const double weight = 1 / (spread * spread + kBetweenPipelines * kBetweenPipelines);
    auto& sum = pooled[{*ours, static_cast<std::size_t>(level - values.begin())}];
    sum.weight += weight;
    sum.log_factor += weight * std::log(effect.factor.value);
    ++sum.studies;
  }
}

}  // namespace

Result<std::vector<std::string>> learn_from_earlier_studies(study::StudyFile& study,
                                                            const study::Store& store,
                                                            std::int64_t study_id) {
  const auto summaries = store.studies();
  if (!summaries) return tl::unexpected(summaries.error());
  const auto own = std::ranges::find(*summaries, study_id, &study::StudySummary::id);
  if (own == summaries->end()) return std::vector<std::string>{};
  std::map<Place, Pooled> pooled;
  for (const auto& summary : *summaries) {
    if (summary.id == study_id || summary.created_unix_ns >= own->created_unix_ns) continue;
    const auto record = store.find_study(summary.name);
    if (!record) return tl::unexpected(record.error());
    const auto earlier = study::parse_study_file(record->file_text, record->file_path);
    if (!earlier || earlier->objective != study.objective) continue;
    auto trials = store.trials(summary.id);
    if (!trials) return tl::unexpected(trials.error());
    const auto finished = finished_before(std::move(*trials), own->created_unix_ns);
    if (finished.empty()) continue;
    pool(study, *earlier, explain(*earlier, fidelities_of(finished), finished), pooled);
  }
  std::vector<knobs::Knob> knobs(study.space.knobs().begin(), study.space.knobs().end());
  std::vector<std::string> learnt;
  for (const auto& [place, sum] : pooled) {
    auto& knob = knobs[place.first];
    if (knob.expected.empty()) knob.expected.resize(knob.values.size());
    auto& expected = knob.expected[place.second];
    if (expected) continue;
    expected = knobs::Expectation{std::exp(sum.log_factor / sum.weight), std::sqrt(1 / sum.weight)};
    learnt.push_back(fmt::format("{}={}: factor {:.2f} on the energy, from {} earlier {}", knob.id,
                                 knob.values[place.second].text(), expected->energy_factor,
                                 sum.studies, sum.studies == 1 ? "study" : "studies"));
  }
  if (learnt.empty()) return learnt;
  auto space = knobs::Space::build(
      std::move(knobs), {study.space.forbidden().begin(), study.space.forbidden().end()});
  if (!space) return tl::unexpected(space.error());
  study.space = std::move(*space);
  return learnt;
}

}  // namespace turngreen::explore
