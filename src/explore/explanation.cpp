#include "turngreen/explore/explanation.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <random>
#include <set>
#include <tuple>

#include "models.h"

namespace turngreen::explore {
namespace {

using knobs::Configuration;
using knobs::Level;

constexpr std::size_t kDraws = 2000;

/// Draws of the logarithm of the objective, relative to the baseline, for some configurations.
class PosteriorDraws {
 public:
  PosteriorDraws(const CascadeModel& model, std::string_view stage,
                 std::span<const Configuration> configurations)
      : count_(configurations.size()), logs_(kDraws * configurations.size(), 0.0) {
    std::mt19937_64 random(1);
    std::normal_distribution<double> normal;
    for (const auto& each : model.stages()) {
      if (!stage.empty() && each.name != stage) continue;
      const auto joint = each.log_energy.joint_terms(configurations);
      const Eigen::MatrixXd root = root_of(joint.covariance);
      Eigen::VectorXd standard(static_cast<Eigen::Index>(count_));
      for (std::size_t draw = 0; draw < kDraws; ++draw) {
        for (auto& z : standard) z = normal(random);
        const Eigen::VectorXd effects = joint.mean + root * standard;
        for (std::size_t i = 0; i < count_; ++i) {
          logs_[draw * count_ + i] += each.weight * std::exp(effects[static_cast<Eigen::Index>(i)]);
        }
      }
      weight_ += each.weight;
    }
    for (double& sum : logs_) sum = std::log(sum / weight_);
  }

  /// Median and 95 % interval of exp of a combination of the configurations' logarithms.
  units::Bounded<double> factor(std::span<const double> coefficients) const {
    std::vector<double> values;
    values.reserve(kDraws);
    for (std::size_t draw = 0; draw < kDraws; ++draw) {
      double sum = 0;
      for (std::size_t i = 0; i < count_; ++i) sum += coefficients[i] * logs_[draw * count_ + i];
      values.push_back(std::exp(sum));
    }
    std::ranges::sort(values);
    const auto at = [&](double share) {
      return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
    };
    return {at(0.5), at(0.025), at(0.975)};
  }

 private:
  static Eigen::MatrixXd root_of(const Eigen::MatrixXd& covariance) {
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(covariance);
    return solver.eigenvectors() * solver.eigenvalues().cwiseMax(0.0).cwiseSqrt().asDiagonal();
  }

  std::size_t count_;
  std::vector<double> logs_;
  double weight_ = 0;
};

Verdict verdict_of(const units::Bounded<double>& factor) {
  if (factor.low > 1 - kIndependent && factor.high < 1 + kIndependent) return Verdict::independent;
  if (factor.high < 1) return Verdict::synergy;
  if (factor.low > 1) return Verdict::antagonism;
  return Verdict::not_distinguishable;
}

Configuration with(const knobs::Space& space, std::size_t knob, Level level) {
  Configuration configuration = space.baseline();
  configuration.levels[knob] = level;
  return configuration;
}

using PairKey = std::tuple<std::size_t, Level, std::size_t, Level>;

std::set<PairKey> pairs_seen(const knobs::Space& space, std::span<const ObservedRun> runs) {
  std::set<PairKey> seen;
  const auto knobs = space.knobs();
  for (const auto& run : runs) {
    if (!run.completed) continue;
    const auto& levels = run.trial->assignment.configuration.levels;
    for (std::size_t a = 0; a < levels.size(); ++a) {
      if (levels[a] == knobs[a].off) continue;
      for (std::size_t b = a + 1; b < levels.size(); ++b) {
        if (levels[b] != knobs[b].off) seen.emplace(a, levels[a], b, levels[b]);
      }
    }
  }
  return seen;
}

bool tried(std::span<const ObservedRun> runs, std::size_t knob, Level level) {
  return std::ranges::any_of(runs, [&](const ObservedRun& run) {
    return run.completed && run.trial->assignment.configuration.levels[knob] == level;
  });
}

void check_by_leave_one_out(const CascadeModel& model, std::string_view stage,
                            Explanation& explanation) {
  for (const auto& each : model.stages()) {
    if (!stage.empty() && each.name != stage) continue;
    const auto predictions = each.log_energy.leave_one_out();
    for (std::size_t i = 0; i < predictions.size(); ++i) {
      const double error = each.log_energy.observations()[i].value - predictions[i].mean;
      ++explanation.predicted;
      if (std::abs(error) <= kNormal95 * std::sqrt(predictions[i].variance)) ++explanation.inside;
    }
  }
}

}  // namespace

std::string_view to_string(Verdict verdict) {
  switch (verdict) {
    case Verdict::synergy:
      return "synergy";
    case Verdict::antagonism:
      return "antagonism";
    case Verdict::independent:
      return "independent";
    case Verdict::not_distinguishable:
      return "not distinguishable yet";
  }
  return {};
}

Explanation explain(const study::StudyFile& study, std::span<const double> fidelities,
                    const std::vector<study::Trial>& trials, std::string_view stage) {
  const auto runs = observed_runs(study, fidelities, trials);
  const Models models(study, fidelities, runs);
  const CascadeModel& model = models.objective();
  const auto& space = study.space;
  Explanation explanation;
  for (std::size_t knob = 0; knob < space.knobs().size(); ++knob) {
    for (std::size_t l = 0; l < space.knobs()[knob].values.size(); ++l) {
      const auto level = static_cast<Level>(l);
      if (level == space.knobs()[knob].off) continue;
      const Configuration alone = with(space, knob, level);
      const PosteriorDraws draws(model, stage, std::span(&alone, 1));
      KnobEffect effect{knob, level, draws.factor(std::array{1.0}), std::nullopt,
                        tried(runs, knob, level)};
      if (const auto drop = models.quality().drop(alone)) {
        const double sign = study.quality.higher_is_better ? -1 : 1;
        const double low = sign * drop->low;
        const double high = sign * drop->high;
        effect.quality_change = {sign * drop->value, std::min(low, high), std::max(low, high)};
      }
      explanation.knobs.push_back(std::move(effect));
    }
  }
  for (const auto& [a, level_a, b, level_b] : pairs_seen(space, runs)) {
    Configuration both = with(space, a, level_a);
    both.levels[b] = level_b;
    const std::array three{both, with(space, a, level_a), with(space, b, level_b)};
    const PosteriorDraws draws(model, stage, three);
    PairEffect effect{a, b, level_a, level_b, draws.factor(std::array{1.0, -1.0, -1.0}), {}};
    effect.verdict = verdict_of(effect.factor);
    explanation.pairs.push_back(effect);
  }
  check_by_leave_one_out(model, stage, explanation);
  return explanation;
}

}  // namespace turngreen::explore
