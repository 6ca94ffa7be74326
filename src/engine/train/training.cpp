#include "train/training.h"

#include <ATen/Context.h>
#include <ATen/core/grad_mode.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "model/flop_count.h"
#include "model/loss.h"
#include "train/best_evaluation.h"
#include "train/class_weights.h"
#include "train/gradients.h"
#include "train/validation.h"

namespace turngreen::train {
namespace {

at::Device device_of(const model::Model& model) {
  return model.parameters().front().tensor.device();
}

bool is_multiple(std::int64_t step, std::int64_t every) { return step % every == 0; }

}  // namespace

Training::Training(model::Model& model, const TrainingData& data, const TrainOptions& options)
    : model_(model),
      data_(data),
      options_(options),
      plan_(step_plan(data.training.size(), options)),
      schedule_(rate_schedule(options, plan_.steps)),
      optimizer_(model.parameters(), options) {
  if (model.labels()->problem == checkpoint::Problem::single_label) {
    const auto classes = static_cast<std::int64_t>(model.labels()->names.size());
    class_weights_ = class_weights(options.class_weights, data.training, classes);
    if (class_weights_.defined()) class_weights_ = class_weights_.to(device_of(model));
  }
  at::manual_seed(options.seed);
}

bool Training::is_done() const {
  const bool is_stopped_early =
      options_.early_stopping_patience && !state_.evaluations.empty() &&
      evaluations_without_better(state_) >= *options_.early_stopping_patience;
  return state_.step >= plan_.steps || is_stopped_early;
}

const std::vector<Batch>& Training::epoch_batches(std::int64_t epoch) {
  if (epoch != epoch_) batches_ = batches_of_epoch(data_.training, options_, epoch);
  epoch_ = epoch;
  return batches_;
}

at::Tensor Training::batch_loss(const Batch& batch, StepWork& work) {
  const at::Device device = device_of(model_);
  const model::TokenBatch inputs =
      model::make_batch(data_.training, batch,
                        {.layout = layout_of(options_.batching),
                         .pad_id = model_.architecture().pad_id.value_or(0),
                         .pad_to = options_.batching == Batching::padded ? options_.pad_to : 0,
                         .device = device});
  const auto outputs = static_cast<std::int64_t>(model_.labels()->names.size());
  const auto flops = model::executed_flops(model_.architecture(), outputs, inputs);
  work.examples += inputs.sequences();
  work.tokens += inputs.real_tokens();
  work.flops += flops.forward + flops.backward;
  if (optimizer_.moves_rows()) optimizer_.catch_up(model_.rows_read(inputs));
  at::Tensor logits;  // [sequences, outputs]
  {
    const model::AutocastScope autocast(options_.precision, device);
    logits = model_.logits(inputs, {.training = true,
                                    .kernels = options_.kernels,
                                    .attention = options_.attention,
                                    .dropout = options_.dropout,
                                    .row_gradients = optimizer_.moves_rows()});
  }
  const auto problem = model_.labels()->problem;
  const at::Tensor targets = model::targets_of(data_.training, batch, problem, outputs, device);
  return model::summed_loss(
      logits.to(at::kFloat), targets, problem,
      {.label_smoothing = options_.label_smoothing, .class_weights = class_weights_});
}

Result<StepWork> Training::step() {
  const StepPlan::Batches chosen = plan_.batches_of(state_.step);
  const auto& batches = epoch_batches(chosen.epoch);
  const auto begin = batches.begin() + chosen.first;
  const auto end = begin + chosen.count;

  // The mean over all examples of the step, however many batches they come in: what Trainer's
  // num_items_in_batch is for.
  std::int64_t examples = 0;
  for (auto batch = begin; batch != end; ++batch)
    examples += static_cast<std::int64_t>(batch->size());
  StepWork work;
  at::Tensor loss;  // a number, of the whole step
  for (auto batch = begin; batch != end; ++batch) {
    const at::Tensor part = batch_loss(*batch, work).div(static_cast<double>(examples));
    (scales_loss() ? part.mul(state_.loss_scale.scale) : part).backward();
    loss = loss.defined() ? loss.add(part.detach()) : part.detach();
  }
  gather_gradients(model_.parameters());
  if (options_.gradient_sparsity > 0) zero_small();
  const double scale = scales_loss() ? state_.loss_scale.scale : 1;
  const auto loss_value = loss.item<double>();
  const double norm = gradient_norm(model_.parameters()) / scale;
  StepSize size{.learning_rate = learning_rate(), .gradient_scale = 1 / scale};
  if (std::isfinite(loss_value) && std::isfinite(norm)) {
    if (options_.max_grad_norm > 0)
      size.gradient_scale *= clipping_scale(norm, options_.max_grad_norm);
    optimizer_.step(size, model_.shadows());
    if (scales_loss()) state_.loss_scale.took_step();
  } else if (!skips_step()) {
    return std::isfinite(loss_value) ? not_finite("norm of the gradient", norm, chosen)
                                     : not_finite("loss", loss_value, chosen);
  }
  forget_gradients(model_.parameters());
  weights_are_best_ = false;
  ++state_.step;
  log_step(loss_value, norm, size.learning_rate);
  return work;
}

std::int64_t Training::examples_from(std::int64_t step) const {
  const auto up_to = [&](std::int64_t steps) {
    const std::int64_t batches = steps % plan_.steps_per_epoch * plan_.accumulation;
    return steps / plan_.steps_per_epoch * data_.training.size() +
           std::min(batches * options_.batch_size, data_.training.size());
  };
  return std::max<std::int64_t>(0, up_to(plan_.steps) - up_to(step));
}

tl::unexpected<Error> Training::not_finite(const char* what, double value,
                                           const StepPlan::Batches& chosen) {
  forget_gradients(model_.parameters());
  std::vector<std::uint64_t> rows;
  for (std::int64_t i = 0; i < chosen.count; ++i) {
    for (const std::int64_t example : batches_[static_cast<std::size_t>(chosen.first + i)])
      rows.push_back(data_.training.rows[static_cast<std::size_t>(example)]);
  }
  return fail(
      Error::Kind::invalid_input,
      fmt::format("step {} (epoch {:.3g}): the {} is {}, so the step was not taken; its training "
                  "rows, from 0: {}; lower --learning-rate ({:g}), {}or look at these rows",
                  state_.step + 1, plan_.epochs_after(state_.step), what, value,
                  fmt::join(rows, ", "), options_.learning_rate,
                  options_.precision == model::Precision::fp32 ? "" : "try --precision fp32, "));
}

bool Training::skips_step() {
  if (!scales_loss() || state_.loss_scale.is_exhausted()) return false;
  state_.loss_scale.skipped_step();
  return true;
}

double Training::learning_rate() const {
  return schedule_.rate_at(state_.step - state_.loss_scale.skipped);
}

void Training::zero_small() {
  const ZeroedGradients zeroed =
      zero_small_gradients(model_.parameters(), options_.gradient_sparsity);
  state_.zeroed.zeroed += zeroed.zeroed;
  state_.zeroed.of += zeroed.of;
}

void Training::log_step(double loss, double gradient_norm, double learning_rate) {
  if (std::isfinite(loss) && std::isfinite(gradient_norm)) {
    state_.loss_sum += loss;
    ++state_.loss_count;
  }
  const bool is_due =
      is_multiple(state_.step, options_.logging_steps) || state_.step == plan_.steps;
  if (!is_due || state_.loss_count == 0) return;
  state_.log.push_back({.step = state_.step,
                        .epoch = plan_.epochs_after(state_.step),
                        .loss = state_.loss_sum / static_cast<double>(state_.loss_count),
                        .gradient_norm = std::isfinite(gradient_norm) ? gradient_norm : 0,
                        .learning_rate = learning_rate});
  state_.loss_sum = 0;
  state_.loss_count = 0;
}

bool Training::evaluation_is_due() const {
  if (data_.validation == nullptr || options_.evaluate == Every::never) return false;
  if (state_.step == 0) return false;
  if (!state_.evaluations.empty() && state_.evaluations.back().step == state_.step) return false;
  if (state_.step == plan_.steps) return true;
  return options_.evaluate == Every::epoch ? plan_.ends_epoch(state_.step)
                                           : is_multiple(state_.step, options_.evaluate_steps);
}

void Training::evaluate(const infer::BatchDone& done) {
  catch_up();
  auto [outputs, evaluation] = score_rows(model_, *data_.validation, options_, done);
  evaluation.step = state_.step;
  evaluation.epoch = plan_.epochs_after(state_.step);
  state_.evaluations.push_back(std::move(evaluation));
  const bool is_best = last_is_best(state_, options_.best_metric);
  if (is_best || !options_.keeps_best) kept_outputs_ = std::move(outputs);
  if (!is_best) return;
  state_.best = state_.evaluations.size() - 1;
  weights_are_best_ = true;
  if (options_.keeps_best && !is_done()) keep_weights();
}

void Training::keep_weights() {
  const at::NoGradGuard no_grad;
  const bool is_first = best_weights_.empty();
  for (std::size_t i = 0; i < model_.parameters().size(); ++i) {
    const at::Tensor& weight = model_.parameters()[i].tensor;
    if (is_first) {
      best_weights_.push_back(weight.clone());
    } else {
      best_weights_[i].copy_(weight);
    }
  }
}

bool Training::checkpoint_is_due() const {
  switch (options_.checkpoint) {
    case Every::never:
      return false;
    case Every::epoch:
      return plan_.ends_epoch(state_.step);
    case Every::steps:
      return is_multiple(state_.step, options_.checkpoint_steps);
  }
  return false;
}

void Training::take_best() {
  if (!options_.keeps_best || !state_.best || weights_are_best_) return;
  const at::NoGradGuard no_grad;
  for (std::size_t i = 0; i < best_weights_.size(); ++i) {
    at::Tensor weight = model_.parameters()[i].tensor;
    weight.copy_(best_weights_[i]);
  }
  weights_are_best_ = true;
}

void Training::resume(TrainingState state, std::vector<at::Tensor> best_weights) {
  state_ = std::move(state);
  optimizer_.resume();
  best_weights_ = std::move(best_weights);
  weights_are_best_ = state_.best && state_.evaluations[*state_.best].step == state_.step;
  if (weights_are_best_ && options_.keeps_best && !is_done()) keep_weights();
}

}  // namespace turngreen::train
