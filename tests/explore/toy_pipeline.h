#pragma once

#include <functional>
#include <optional>
#include <utility>

#include "toy_study.h"
#include "turngreen/explore/tuner.h"
#include "turngreen/pipeline/pipeline.h"

namespace turngreen::explore {

/// What a configuration gives at a fidelity.
using Truth = std::function<pipeline::Outcome(const knobs::Configuration&, double fidelity)>;

/// A pipeline whose outcomes are computed.
class ToyPipeline final : public pipeline::Pipeline {
 public:
  ToyPipeline(Truth truth, std::vector<double> fidelities)
      : truth_(std::move(truth)), fidelities_(std::move(fidelities)) {}

  pipeline::Outcome run(const pipeline::RunRequest& request) override {
    ++runs;
    rows.push_back(request.rows);
    if (during_run) during_run();
    auto outcome = truth_(request.configuration, request.fidelity);
    const auto spent = outcome.energy.value_or(units::Bounded<units::Energy>{}).value;
    const auto stop = [&](std::string reason) {
      outcome.ending = pipeline::Ending::stopped;
      outcome.reason = std::move(reason);
      return outcome;
    };
    const auto curve = curve_of ? curve_of(request.configuration) : Curve();
    for (std::size_t points = 1; points <= curve.size(); ++points) {
      if (auto reason = request.watch({{}, {}, {}, std::span(curve).first(points)})) {
        return stop(*std::move(reason));
      }
    }
    if (auto reason = request.watch({spent, outcome.time, outcome.metrics, curve})) {
      return stop(*std::move(reason));
    }
    return outcome;
  }
  std::span<const double> fidelities() const override { return fidelities_; }
  bool measures() const override { return false; }
  bool has_test_rows() const override { return test_rows; }
  bool can_run(const knobs::Configuration& configuration) const override {
    return configuration != impossible;
  }

  std::size_t runs = 0;
  std::vector<pipeline::Rows> rows = {};  ///< of each run
  bool test_rows = false;
  using Curve = std::vector<pipeline::MetricPoint>;
  std::function<Curve(const knobs::Configuration&)> curve_of = {};  ///< what a run tells on the way
  std::function<void()> during_run = {};
  std::optional<knobs::Configuration> impossible = {};

 private:
  Truth truth_;
  std::vector<double> fidelities_;
};

/// Four knobs. The cheapest (a, b and c on: 0.5 * 0.8 * 1.2 * 0.4) is beyond the quality budget for
/// its c; of what is left, a and b on is the best: 0.48 of the baseline.
inline pipeline::Outcome toy_truth(const knobs::Configuration& configuration, double fidelity) {
  const auto& on = configuration.levels;
  const double train = 80 * fidelity * (on[0] ? 0.5 : 1) * (on[1] ? 0.8 : 1) *
                       (on[0] && on[1] ? 1.2 : 1) * (on[2] ? 0.4 : 1) * (on[3] ? 1.5 : 1);
  const double evaluate = 20 * fidelity * (on[1] ? 0.48 : 1);
  return completed({{"train", train}, {"evaluate", evaluate}},
                   0.9 - (1 - fidelity) * 0.1 - (on[2] ? 0.05 : 0) - (on[0] ? 0.001 : 0));
}

/// Tunes to the end, or until `most` trials were run.
inline std::vector<study::Trial> tuned(const Tuner& tuner, const Truth& truth,
                                       std::size_t most = 60) {
  std::vector<study::Trial> trials;
  while (trials.size() < most) {
    const Step step = tuner.after(trials).next();
    if (!step.assignment) break;
    study::Trial trial;
    trial.number = static_cast<std::int64_t>(trials.size()) + 1;
    trial.assignment = *step.assignment;
    trial.outcome = truth(trial.assignment.configuration, trial.assignment.fidelity);
    trials.push_back(std::move(trial));
  }
  return trials;
}

}  // namespace turngreen::explore
