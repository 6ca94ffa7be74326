#include "quality_model.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "normal_distribution.h"

namespace turngreen::explore {
namespace {

/// Budgets of less than this share of the baseline's quality are below what a model can tell.
constexpr double kSmallestUnit = 1e-3;
/// Drop, in budgets, that stands for a result that no user wants (a degenerate one).
constexpr double kRejectedDrop = 20;

/// Odd, 1 : 1 near zero, logarithmic far away.
double compressed(double x) { return std::copysign(std::log1p(std::abs(x)), x); }
double expanded(double y) { return std::copysign(std::expm1(std::abs(y)), y); }

/// Mean of the metric over the baseline's runs at a fidelity.
std::optional<double> baseline_mean(std::span<const ObservedRun> runs, std::string_view metric,
                                    std::size_t fidelity) {
  double sum = 0;
  double count = 0;
  for (const auto& run : runs) {
    const auto value = run.trial->outcome->metric(metric);
    const bool baseline = run.trial->assignment.purpose == study::Purpose::baseline;
    if (!run.completed || !baseline || !value || run.fidelity != fidelity) continue;
    sum += *value;
    ++count;
  }
  return count > 0 ? std::optional(sum / count) : std::nullopt;
}

/// By how much the metric rises from a fidelity to the full job, in the configurations that were
/// run at both.
std::optional<double> rise_to_full(std::span<const ObservedRun> runs, std::string_view metric,
                                   std::size_t fidelity) {
  double sum = 0;
  double count = 0;
  for (const auto& low : runs) {
    if (low.fidelity != fidelity || !low.completed || !low.rejected.empty()) continue;
    for (const auto& full : runs) {
      const bool same = full.trial->assignment.configuration == low.trial->assignment.configuration;
      if (!same || full.fidelity != 0 || !full.completed || !full.rejected.empty()) continue;
      const auto from = low.trial->outcome->metric(metric);
      const auto to = full.trial->outcome->metric(metric);
      if (!from || !to) continue;
      sum += *to - *from;
      ++count;
    }
  }
  return count > 0 ? std::optional(sum / count) : std::nullopt;
}

/// The baseline's metric at each fidelity, 0 being the full job. Until the full job has been run,
/// its is what the lower one's comes to with the rise that others showed.
std::vector<std::optional<double>> references_of(std::span<const ObservedRun> runs,
                                                 std::string_view metric, std::size_t fidelities) {
  std::vector<std::optional<double>> references(fidelities);
  for (std::size_t f = 0; f < fidelities; ++f) references[f] = baseline_mean(runs, metric, f);
  for (std::size_t f = fidelities; f-- > 1 && !references[0];) {
    if (!references[f]) continue;
    references[0] = *references[f] + rise_to_full(runs, metric, f).value_or(0);
  }
  return references;
}

Prior quality_prior(const KnobKernel& kernel, std::span<const double> fidelities) {
  Prior prior;
  prior.scales = {.shared = 0.2,
                  .main = 0.6,
                  .pair = 0.2,
                  .residual = 0.15,
                  .distortion = 0.3,
                  .noise = 0.2,
                  .low_fidelity_noise = 2.5};
  prior.log_spread = {
      .shared = 0.5, .main = 0.5, .pair = 0.6, .residual = 0.6, .distortion = 0.5, .noise = 0.7};
  prior.intercept_spread = 1;
  for (const double fidelity : fidelities) {
    if (fidelity < 1) prior.offsets.push_back(0);  // each fidelity has its own reference
  }
  prior.offset_spread = 0.5;
  constexpr double kExpectedLoss = -0.15;  // budgets for each knob
  prior.effect = [kernel](const knobs::Configuration& configuration) {
    return kExpectedLoss * kernel.activity(configuration);
  };
  return prior;
}

}  // namespace

QualityModel::QualityModel(const knobs::Space& space, std::span<const double> fidelities,
                           std::span<const ObservedRun> runs, const study::QualityBudget& budget)
    : sign_(budget.higher_is_better ? 1 : -1),
      references_(references_of(runs, budget.metric, fidelities.size())),
      full_reference_(baseline_mean(runs, budget.metric, 0).has_value()),
      regression_(KnobKernel(space, ""), quality_prior(KnobKernel(space, ""), fidelities), {}) {
  if (!references_[0]) return;
  const double reference = *references_[0];
  const double size = std::max(std::abs(reference), 1e-12);
  std::vector<double> allowed;
  if (budget.max_drop) allowed.push_back(*budget.max_drop);
  if (budget.max_drop_relative) allowed.push_back(*budget.max_drop_relative * size);
  against_baseline_ = !allowed.empty();
  if (!against_baseline_ && budget.min) {
    allowed.push_back(std::abs(reference - *budget.min));
  }
  unit_ = std::max(kSmallestUnit * size, allowed.empty() ? 0 : std::ranges::min(allowed));
  if (budget.min) floor_response_ = response_of(*budget.min, reference);

  std::vector<Observation> observations;
  for (const auto& run : runs) {
    const auto value = run.trial->outcome->metric(budget.metric);
    if (!run.rejected.empty()) {
      observations.push_back(
          {run.trial->assignment.configuration, run.fidelity, -compressed(kRejectedDrop)});
    } else if (run.foretold_quality && references_[run.fidelity]) {
      observations.push_back({run.trial->assignment.configuration, run.fidelity,
                              response_of(*run.foretold_quality, *references_[run.fidelity])});
    } else if (run.completed && value && references_[run.fidelity]) {
      observations.push_back({run.trial->assignment.configuration, run.fidelity,
                              response_of(*value, *references_[run.fidelity])});
    }
  }
  const KnobKernel kernel(space, "");
  regression_ = Regression(kernel, quality_prior(kernel, fidelities), observations);
}

double QualityModel::response_of(double metric, double reference) const {
  return compressed(sign_ * (metric - reference) / unit_);
}

double QualityModel::noise(std::size_t fidelity) const {
  const Scales& scales = regression_.scales();
  return scales.noise * (fidelity == 0 ? 1.0 : scales.low_fidelity_noise);
}

units::Bounded<double> QualityModel::metric_of(const Normal& response) const {
  const double reach = kNormal95 * std::sqrt(response.variance);
  const double a = metric_of(response.mean - reach);
  const double b = metric_of(response.mean + reach);
  return {metric_of(response.mean), std::min(a, b), std::max(a, b)};
}

double QualityModel::metric_of(double response) const {
  return *references_[0] + sign_ * unit_ * expanded(response);
}

std::vector<QualityModel::Chance> QualityModel::chances(
    std::span<const knobs::Configuration> configurations, std::size_t fidelity,
    double certainty) const {
  std::vector<Chance> found(configurations.size());
  // Two runs of each: the difference of their means has the variance of one run.
  const double margin = normal_quantile(certainty) * noise(fidelity);
  const auto require = [&](Chance& chance, const Normal& seen, double least) {
    // The small term is for the baseline, whose effect is 0 for certain.
    const double deviation = std::sqrt(seen.variance) + 1e-9;
    const double room = seen.mean - least;
    chance.within = std::min(chance.within, normal_probability(room / deviation));
    chance.clearly = std::min(chance.clearly, normal_probability((room - margin) / deviation));
  };
  if (against_baseline_) {
    const auto effects = regression_.effects(configurations);
    for (std::size_t i = 0; i < effects.size(); ++i) require(found[i], effects[i], -compressed(1));
  }
  if (floor_response_) {
    for (std::size_t i = 0; i < configurations.size(); ++i) {
      require(found[i], regression_.response(configurations[i]), *floor_response_);
    }
  }
  return found;
}

QualityModel::Doubt QualityModel::doubt(const knobs::Configuration& configuration,
                                        const knobs::Configuration& baseline, std::size_t fidelity,
                                        double certainty) const {
  Doubt worst;
  const double z = normal_quantile(certainty);
  const auto consider = [&](bool absolute, double least) {
    const std::span one(&configuration, 1);
    const auto own = regression_.foresee(one, fidelity, absolute).front();
    const auto other = regression_.foresee(one, baseline, fidelity, absolute).front();
    const double room = own.now.mean - least;
    const double tolerable = room / z * (room / z);
    const Doubt found{room <= 0, std::max(0.0, own.now.variance - tolerable),
                      own.now.variance - own.variance_after,
                      other.now.variance - other.variance_after};
    if (found.hopeless || found.excess > worst.excess) worst = found;
  };
  if (against_baseline_) consider(false, -compressed(1));
  if (floor_response_) consider(true, *floor_response_);
  return worst;
}

std::optional<units::Bounded<double>> QualityModel::quality(
    const knobs::Configuration& configuration) const {
  if (!references_[0]) return std::nullopt;
  return metric_of(regression_.response(configuration));
}

std::optional<units::Bounded<double>> QualityModel::foretold_run(
    const knobs::Configuration& configuration) const {
  if (!references_[0]) return std::nullopt;
  Normal response = regression_.response(configuration);
  response.variance += noise(0) * noise(0);
  return metric_of(response);
}

std::optional<double> QualityModel::clearly_beyond(std::size_t fidelity) const {
  const bool known = fidelity == 0 ? full_reference_ : references_[fidelity].has_value();
  if (!known || !references_[0]) return std::nullopt;
  const double reference = *references_[fidelity];
  // Signed, so that higher is better.
  double least = -std::numeric_limits<double>::infinity();
  if (against_baseline_) least = sign_ * reference - unit_;
  if (floor_response_) {
    const double rise = reference - *references_[0];
    least = std::max(least, sign_ * (metric_of(*floor_response_) + rise));
  }
  const double margin = unit_ * std::max(1.0, 2 * noise(fidelity));
  return sign_ * (least - margin);
}

std::optional<units::Bounded<double>> QualityModel::drop(
    const knobs::Configuration& configuration) const {
  if (!references_[0]) return std::nullopt;
  const Normal effect = regression_.effect(configuration);
  const double reach = kNormal95 * std::sqrt(effect.variance);
  const auto lost = [this](double response) { return -unit_ * expanded(response); };
  return units::Bounded<double>{lost(effect.mean), lost(effect.mean + reach),
                                lost(effect.mean - reach)};
}

}  // namespace turngreen::explore
