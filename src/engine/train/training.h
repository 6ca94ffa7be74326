#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "infer/logits.h"
#include "model/model.h"
#include "train/data_order.h"
#include "train/optimizer.h"
#include "train/rate_schedule.h"
#include "train/step_plan.h"
#include "train/train_options.h"
#include "train/training_state.h"
#include "turngreen/engine/data/examples.h"
#include "turngreen/units/result.h"

namespace turngreen::train {

struct TrainingData {
  const data::Examples& training;  ///< at least one
  const data::Examples* validation = nullptr;
};

/// What an optimizer step worked on.
struct StepWork {
  std::int64_t examples = 0;
  std::int64_t tokens = 0;  ///< real ones
  std::int64_t flops = 0;   ///< of the forward and the backward pass, padding included
};

/// A model being trained, step by step. Model and data must outlive it.
class Training {
 public:
  Training(model::Model& model, const TrainingData& data, const TrainOptions& options);

  const StepPlan& plan() const { return plan_; }
  /// Examples of the steps from there to the end, if it is not stopped early.
  std::int64_t examples_from(std::int64_t step) const;
  const TrainingState& state() const { return state_; }
  bool is_done() const;

  /// An optimizer step. Error: a loss or gradient that is no finite number, with the step and its
  /// rows; the weights are as before.
  Result<StepWork> step();

  /// Whether the validation rows are due after the last step.
  bool evaluation_is_due() const;
  void evaluate(const infer::BatchDone& done = {});
  bool checkpoint_is_due() const;

  /// Has rows of tables take the steps they missed: before weights are read from outside, or saved.
  void catch_up() { optimizer_.catch_up(); }

  /// Puts in the weights that scored best, where those are to be kept and are not the last.
  void take_best();

  /// What a checkpoint keeps beside the state and the weights.
  const Optimizer& optimizer() const { return optimizer_; }
  /// Of the best evaluation, by parameter; empty where those are the weights, or none is kept.
  std::span<const at::Tensor> best_weights() const {
    return weights_are_best_ ? std::span<const at::Tensor>() : best_weights_;
  }
  const model::Model& model() const { return model_; }
  /// What the weights that are kept answered to the validation rows; null: they have not been asked
  /// in this process.
  const metrics::Outputs* kept_outputs() const { return kept_outputs_ ? &*kept_outputs_ : nullptr; }

  /// Goes on from there. Weights and moments have been copied into already.
  void resume(TrainingState state, std::vector<at::Tensor> best_weights);

 private:
  const std::vector<Batch>& epoch_batches(std::int64_t epoch);
  /// The sum over its examples; counts into `work`.
  at::Tensor batch_loss(const Batch& batch, StepWork& work);
  bool scales_loss() const { return options_.precision == model::Precision::fp16; }
  /// Where the scale of the loss may be why something is no finite number: a step that is none.
  bool skips_step();
  void zero_small();
  double learning_rate() const;  ///< of the next step
  tl::unexpected<Error> not_finite(const char* what, double value, const StepPlan::Batches& chosen);
  /// Of a skipped step, no finite numbers.
  void log_step(double loss, double gradient_norm, double learning_rate);
  void keep_weights();

  model::Model& model_;
  TrainingData data_;
  TrainOptions options_;
  StepPlan plan_;
  RateSchedule schedule_;
  Optimizer optimizer_;
  at::Tensor class_weights_;
  TrainingState state_;
  std::vector<at::Tensor> best_weights_;
  bool weights_are_best_ = false;
  std::optional<metrics::Outputs> kept_outputs_;
  std::int64_t epoch_ = -1;
  std::vector<Batch> batches_;
};

}  // namespace turngreen::train
