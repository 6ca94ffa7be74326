#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "infer/inference_options.h"
#include "model/model.h"
#include "model/precision.h"
#include "train/threshold_choice.h"

namespace turngreen::train {

enum class Schedule : std::uint8_t { linear, cosine, constant };
enum class Every : std::uint8_t { never, epoch, steps };
enum class ClassWeights : std::uint8_t { equal, balanced };
/// How examples of different lengths share a batch. Order and batches are those of transformers'
/// Trainer with the same seed (accelerate's seedable sampler), except for `bucketed`.
enum class Batching : std::uint8_t {
  padded,    ///< filled up to TrainOptions::pad_to
  dynamic,   ///< filled up to the batch's longest
  bucketed,  ///< the same, of similar length within windows of the shuffled order
  packed,    ///< head to tail: no pad token is computed
};
model::Layout layout_of(Batching batching);

/// Names and defaults are those of transformers' TrainingArguments where it has them.
struct TrainOptions {
  double epochs = 3;
  std::optional<std::int64_t> max_steps = {};  ///< optimizer steps; instead of epochs
  std::int64_t batch_size = 8;                 ///< examples of one forward pass
  std::int64_t gradient_accumulation = 1;      ///< batches of one optimizer step
  double learning_rate = 5e-5;
  Schedule schedule = Schedule::linear;
  double warmup_ratio = 0;        ///< share of all steps, in [0, 1)
  std::int64_t warmup_steps = 0;  ///< if not 0, instead of the ratio
  double weight_decay = 0;
  double adam_beta1 = 0.9;
  double adam_beta2 = 0.999;
  double adam_epsilon = 1e-8;
  double max_grad_norm = 1;  ///< 0: gradients are not clipped
  double label_smoothing = 0;
  ClassWeights class_weights = ClassWeights::equal;
  std::uint64_t seed = 42;             ///< of dropout and of the order of the data
  std::optional<double> dropout = {};  ///< of all places, instead of the model's config

  Batching batching = Batching::dynamic;
  std::int64_t pad_to = 0;  ///< tokens, of Batching::padded
  model::AttentionKernel attention = model::AttentionKernel::sdpa;
  model::Kernels kernels = model::Kernels::libtorch;
  model::Precision precision = model::Precision::fp32;

  std::int64_t logging_steps = 10;  ///< steps of which an entry of the log is the mean
  Every evaluate = Every::epoch;
  std::int64_t evaluate_steps = 500;
  infer::InferenceOptions inference = {};  ///< how the validation rows are answered
  bool keeps_best = true;                  ///< the weights that scored best, not the last ones
  std::string best_metric = "loss";        ///< of the validation rows, by its field name
  ThresholdChoice threshold = {};
  std::optional<std::int64_t> early_stopping_patience = {};  ///< evaluations without a better one
  Every checkpoint = Every::never;
  std::int64_t checkpoint_steps = 500;
};

}  // namespace turngreen::train
