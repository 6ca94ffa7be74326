#include <benchmark/benchmark.h>

#include <array>
#include <cmath>
#include <random>
#include <string>
#include <vector>

#include "turngreen/explore/tuner.h"

/// How long a suggestion takes: the models fitted to all trials, and the next one chosen.
namespace turngreen {
namespace {

/// A pipeline that is never run.
class AnyPipeline final : public pipeline::Pipeline {
 public:
  pipeline::Outcome run(const pipeline::RunRequest&) override { return {}; }
  std::span<const double> fidelities() const override { return kFidelities; }
  bool measures() const override { return false; }

 private:
  static constexpr std::array kFidelities{1.0};
};

study::StudyFile study_of(std::size_t knobs) {
  std::vector<knobs::Knob> made;
  for (std::size_t k = 0; k < knobs; ++k) {
    knobs::Knob knob;
    knob.id = "k" + std::to_string(k);
    knob.ordered = k % 2 == 0;
    for (std::size_t value = 0; value < 2 + k % 3; ++value) {
      knob.values.emplace_back(std::to_string(value));
    }
    made.push_back(std::move(knob));
  }
  study::StudyFile study;
  study.space = knobs::Space::build(std::move(made)).value();
  study.quality.metric = "macro_f1";
  study.quality.max_drop = 0.01;
  study.future_runs = 1e6;
  return study;
}

std::vector<study::Trial> trials_of(const study::StudyFile& study, std::size_t count) {
  std::mt19937_64 random(1);
  std::vector<study::Trial> trials;
  for (std::size_t t = 0; t < count; ++t) {
    study::Trial trial;
    trial.assignment.purpose = t == 0 ? study::Purpose::baseline : study::Purpose::explore;
    trial.assignment.configuration = study.space.baseline();
    double effect = 0;
    for (std::size_t k = 0; t > 0 && k < study.space.knobs().size(); ++k) {
      auto& level = trial.assignment.configuration.levels[k];
      level = static_cast<knobs::Level>(random() % study.space.knobs()[k].values.size());
      effect -= 0.05 * level;
    }
    pipeline::Outcome outcome;
    for (const double share : {0.05, 0.8, 0.15}) {
      const auto energy = units::joules(1000 * share * std::exp(effect));
      outcome.stages.push_back({"stage" + std::to_string(outcome.stages.size()),
                                units::Bounded<units::Energy>::exactly(energy),
                                {},
                                {}});
    }
    outcome.energy = units::Bounded<units::Energy>::exactly(units::joules(1000 * std::exp(effect)));
    outcome.metrics.push_back({"macro_f1", 0.9 + 0.004 * effect});
    trial.outcome = std::move(outcome);
    trials.push_back(std::move(trial));
  }
  return trials;
}

void suggestion(benchmark::State& state) {
  const auto study = study_of(static_cast<std::size_t>(state.range(0)));
  const auto trials = trials_of(study, static_cast<std::size_t>(state.range(1)));
  const AnyPipeline pipeline;
  const explore::Tuner tuner(study, pipeline, 1);
  for (auto _ : state) {
    auto step = tuner.after(trials).next();
    if (!step.assignment) state.SkipWithError("nothing was suggested");
    benchmark::DoNotOptimize(step);
  }
}
BENCHMARK(suggestion)
    ->ArgNames({"knobs", "trials"})
    ->Args({9, 40})
    ->Args({20, 40})
    ->Args({20, 200})
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace turngreen

BENCHMARK_MAIN();
