#include "train/train.h"

#include <optional>
#include <turngreen_run.hpp>

namespace turngreen::train {
namespace {

/// So that a curve of each figure can be seen from outside.
void tell(const Evaluation& evaluation) {
  for (const metrics::Metric& metric : evaluation.metrics)
    if (metric.value) run::metric(metric.name, *metric.value);
}

}  // namespace

Result<End> train(Training& training, const CheckpointPlace& place, const Watcher& watcher) {
  const std::int64_t first_step = training.state().step;
  std::int64_t saved_at = first_step;
  const auto save = [&]() -> Result<void> {
    if (saved_at == training.state().step) return {};
    saved_at = training.state().step;
    const run::Stage stage("save");
    training.catch_up();
    return save_checkpoint(place, training);
  };
  std::optional<run::Stage> stage;  // open from one evaluation or checkpoint to the next
  while (true) {
    if (watcher.stop != nullptr && *watcher.stop) {
      stage.reset();
      if (auto saved = save(); !saved) return tl::unexpected(saved.error());
      return End::interrupted;
    }
    if (training.evaluation_is_due()) {
      stage.reset();
      const run::Stage evaluating("evaluate");
      training.evaluate([&](std::int64_t examples, std::int64_t tokens) {
        run::progress(static_cast<std::uint64_t>(examples), static_cast<std::uint64_t>(tokens));
        if (watcher.evaluated_rows) watcher.evaluated_rows(examples, tokens);
      });
      tell(training.state().evaluations.back());
      if (watcher.evaluated) watcher.evaluated(training.state().evaluations.back());
    }
    if (training.checkpoint_is_due()) {
      stage.reset();
      if (auto saved = save(); !saved) return tl::unexpected(saved.error());
    }
    if (training.is_done()) break;
    if (!stage) {
      stage.emplace("train");
      run::total(static_cast<std::uint64_t>(training.examples_from(first_step)));
    }
    if (watcher.stepping) watcher.stepping();
    const auto stepped = training.step();
    if (!stepped) return tl::unexpected(stepped.error());
    run::progress(static_cast<std::uint64_t>(stepped->examples),
                  static_cast<std::uint64_t>(stepped->tokens));
    if (watcher.stepped) watcher.stepped(*stepped);
  }
  stage.reset();
  training.catch_up();
  training.take_best();
  return End::finished;
}

}  // namespace turngreen::train
