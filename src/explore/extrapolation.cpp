#include "turngreen/explore/extrapolation.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "models.h"

namespace turngreen::explore {
namespace {

constexpr std::size_t kMostChecked = 32;

/// Indices of the full runs that are the first of their configuration, after a partial one.
std::vector<std::size_t> foretold_runs(std::span<const ObservedRun> runs) {
  struct Seen {
    bool in_part = false, in_full = false;
  };
  std::map<knobs::Configuration, Seen> seen;
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    if (!runs[i].completed || !runs[i].rejected.empty()) continue;
    auto& [in_part, in_full] = seen[runs[i].trial->assignment.configuration];
    if (runs[i].fidelity > 0) {
      in_part = true;
    } else {
      if (in_part && !in_full) found.push_back(i);
      in_full = true;
    }
  }
  if (found.size() > kMostChecked) {
    found.erase(found.begin(), found.end() - static_cast<std::ptrdiff_t>(kMostChecked));
  }
  return found;
}

class Errors {
 public:
  void add(const units::Bounded<double>& foretold, double came, double unit) {
    sizes_.push_back(std::abs(foretold.value - came) / unit);
    if (foretold.low <= came && came <= foretold.high) ++inside_;
  }
  std::optional<ForetoldErrors> summary() {
    if (sizes_.empty()) return std::nullopt;
    std::ranges::sort(sizes_);
    const double upper = sizes_[sizes_.size() / 2];
    const double lower = sizes_[(sizes_.size() - 1) / 2];
    return ForetoldErrors{sizes_.size(), inside_, (lower + upper) / 2, sizes_.back()};
  }

 private:
  std::vector<double> sizes_;
  std::size_t inside_ = 0;
};

}  // namespace

Extrapolation check_extrapolation(const study::StudyFile& study, std::span<const double> fidelities,
                                  const std::vector<study::Trial>& trials) {
  const auto runs = observed_runs(study, fidelities, trials);
  Errors energy;
  Errors quality;
  for (const std::size_t i : foretold_runs(runs)) {
    const auto& configuration = runs[i].trial->assignment.configuration;
    const auto& outcome = *runs[i].trial->outcome;
    const Models models(study, fidelities, std::span(runs).first(i));
    const auto joules = models.energy().foretold_run(configuration);
    if (joules && outcome.energy && outcome.energy->value > units::Energy()) {
      const double came = outcome.energy->value.in_joules();
      energy.add({joules->median(), joules->quantile(-kNormal95), joules->quantile(kNormal95)},
                 came, came);
    }
    const auto metric = models.quality().foretold_run(configuration);
    if (metric) quality.add(*metric, *outcome.metric(study.quality.metric), 1);
  }
  return {energy.summary(), quality.summary()};
}

}  // namespace turngreen::explore
