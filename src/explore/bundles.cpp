#include "turngreen/explore/bundles.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <optional>

#include "mean_difference.h"

namespace turngreen::explore {
namespace {

using Summaries = std::vector<ConfigurationSummary>;

constexpr double kInfinite = std::numeric_limits<double>::infinity();

const RepeatMean* stage_energy(const ConfigurationSummary& configuration, const std::string& name) {
  const auto found = std::ranges::find(configuration.stages, name, &StageSummary::name);
  const bool told = found != configuration.stages.end() && found->energy && found->energy->mean > 0;
  return told ? &*found->energy : nullptr;
}

/// Variance of a sum by the delta method: each term is the derivative by the logarithm of a mean,
/// times that mean's relative standard error.
class Propagation {
 public:
  void add(double derivative, const RepeatMean& mean) {
    known_ = known_ && mean.interval.has_value();
    if (!mean.interval) return;
    const double term = derivative * mean.standard_error / mean.mean;
    variance_ += term * term;
    weighted_ += term * term * term * term / static_cast<double>(mean.freedom);
  }
  units::Bounded<double> around(double value) const {
    if (!known_) return {value, -kInfinite, kInfinite};
    // Satterthwaite's degrees of freedom.
    const double freedom = weighted_ > 0 ? variance_ * variance_ / weighted_ : 1;
    const double half = student_95(freedom) * std::sqrt(variance_);
    return {value, value - half, value + half};
  }

 private:
  bool known_ = true;
  double variance_ = 0;
  double weighted_ = 0;
};

/// The cascade of one bundle: for each of the baseline's stages, its share of the baseline's energy
/// after the parts have had their effect on it.
class Cascade {
 public:
  Cascade(const ConfigurationSummary& baseline, std::vector<const ConfigurationSummary*> parts)
      : baseline_(baseline), parts_(std::move(parts)) {
    for (const auto& stage : baseline.stages) {
      if (const auto* energy = stage_energy(baseline, stage.name)) total_ += energy->mean;
    }
    for (const auto& stage : baseline.stages) add_stage(stage.name);
  }

  /// Of the baseline's energy.
  double remaining() const { return remaining_; }

  /// Observed less predicted saving.
  units::Bounded<double> beyond(const RepeatMean& observed, double observed_share) const {
    Propagation propagation;
    for (const Stage& stage : stages_) {
      const double power = 1 - static_cast<double>(stage.parts.size());
      propagation.add(power * stage.remaining + (observed_share - remaining_) * stage.share,
                      *stage.baseline);
      for (const RepeatMean* part : stage.parts) propagation.add(stage.remaining, *part);
    }
    propagation.add(-observed_share, observed);
    return propagation.around(remaining_ - observed_share);
  }

 private:
  struct Stage {
    double share = 0;      ///< of the baseline's energy, in the baseline
    double remaining = 0;  ///< of the baseline's energy, with the parts
    const RepeatMean* baseline = nullptr;
    std::vector<const RepeatMean*> parts;
  };

  void add_stage(const std::string& name) {
    const auto* before = stage_energy(baseline_, name);
    if (!before) return;
    Stage stage{before->mean / total_, before->mean / total_, before, {}};
    for (const auto* part : parts_) {
      const auto* alone = stage_energy(*part, name);
      if (!alone) continue;
      stage.remaining *= alone->mean / before->mean;
      stage.parts.push_back(alone);
    }
    remaining_ += stage.remaining;
    stages_.push_back(std::move(stage));
  }

  const ConfigurationSummary& baseline_;
  std::vector<const ConfigurationSummary*> parts_;
  std::vector<Stage> stages_;
  double total_ = 0;
  double remaining_ = 0;
};

units::Bounded<double> saving_of(const MeanDifference& change) {
  if (!change.interval) return {-change.value, -kInfinite, kInfinite};
  return {-change.value, -change.interval->high, -change.interval->low};
}

class BundleSearch {
 public:
  BundleSearch(const knobs::Space& space, const Summaries& configurations)
      : space_(space), configurations_(configurations) {
    for (const auto& each : configurations) by_configuration_[each.configuration] = &each;
  }

  std::optional<Bundle> bundle(std::size_t index) const {
    const auto& baseline = configurations_.front();
    const auto& each = configurations_[index];
    if (!each.energy) return std::nullopt;
    Bundle bundle;
    bundle.configuration = index;
    std::vector<const ConfigurationSummary*> known;
    for (std::size_t knob = 0; knob < space_.knobs().size(); ++knob) {
      if (each.configuration.levels[knob] == space_.knobs()[knob].off) continue;
      ++bundle.parts;
      if (const auto* alone = part(knob, each.configuration.levels[knob])) {
        known.push_back(alone);
      } else {
        bundle.unknown_parts.push_back(knob);
      }
    }
    const auto change = relative_difference(*baseline.energy, *each.energy);
    if (bundle.parts < 2 || known.empty() || !change) return std::nullopt;
    const Cascade cascade(baseline, std::move(known));
    bundle.predicted_saving = 1 - cascade.remaining();
    bundle.observed_saving = saving_of(*change);
    bundle.beyond = cascade.beyond(*each.energy, 1 + change->value);
    return bundle;
  }

 private:
  const ConfigurationSummary* part(std::size_t knob, knobs::Level level) const {
    knobs::Configuration alone = space_.baseline();
    alone.levels[knob] = level;
    const auto found = by_configuration_.find(alone);
    return found != by_configuration_.end() && found->second->energy ? found->second : nullptr;
  }

  const knobs::Space& space_;
  const Summaries& configurations_;
  std::map<knobs::Configuration, const ConfigurationSummary*> by_configuration_;
};

}  // namespace

std::vector<Bundle> bundles_of(const knobs::Space& space, const Summaries& configurations) {
  if (configurations.empty() || !configurations.front().is_baseline ||
      !configurations.front().energy) {
    return {};
  }
  const BundleSearch search(space, configurations);
  std::vector<Bundle> bundles;
  for (std::size_t i = 1; i < configurations.size(); ++i) {
    if (auto bundle = search.bundle(i)) bundles.push_back(*std::move(bundle));
  }
  return bundles;
}

}  // namespace turngreen::explore
